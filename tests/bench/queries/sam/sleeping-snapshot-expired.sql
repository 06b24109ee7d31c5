SELECT s.id FROM p.chat_sessions s JOIN session_snapshots n ON n.chat_session_id = s.id WHERE s.status = 'sleeping' AND n.expires_at <
'2026-02-28T12:00:00.000Z';
