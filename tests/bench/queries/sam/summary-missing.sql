SELECT s.id FROM session_index_coverage c JOIN p.chat_sessions s ON s.updated_at < c.synced_at AND s.created_at < c.synced_at WHERE
c.project_id = :project AND c.complete = 1 AND s.updated_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM session_summaries m WHERE
m.id = s.id);
