SELECT m.id FROM session_index_coverage c JOIN session_summaries m ON m.project_id = c.project_id WHERE c.project_id = :project AND
c.complete = 1 AND m.updated_at < c.synced_at AND m.updated_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM p.chat_sessions s
WHERE s.id = m.id);
