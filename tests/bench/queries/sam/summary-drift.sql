SELECT s.id FROM session_index_coverage c JOIN p.chat_sessions s JOIN session_summaries m ON m.id = s.id WHERE c.project_id = :project AND
c.complete = 1 AND (s.updated_at < c.synced_at OR s.updated_at < m.synced_at) AND s.updated_at < (1772366400000-600000) AND (m.status <>
s.status OR m.message_count <> s.message_count);
