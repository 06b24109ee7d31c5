-- outbox: older than five minutes, of this session and of another; one delivered, one in flight
INSERT INTO message_outbox (message_id, session_id, role, content, created_at) VALUES ('m-lost', 's-ok', 'assistant', 'x', '2026-03-01T11:54:00.000Z');
INSERT INTO message_outbox (message_id, session_id, role, content, created_at) VALUES ('m-foreign', 's-due', 'assistant', 'x', '2026-03-01T11:54:00.000Z');
INSERT INTO message_outbox (message_id, session_id, role, content, created_at) VALUES ('m-s-ok-2', 's-ok', 'assistant', 'x', '2026-03-01T11:00:00.000Z');
INSERT INTO message_outbox (message_id, session_id, role, content, created_at) VALUES ('m-flying', 's-ok', 'assistant', 'x', '2026-03-01T11:56:00.000Z');
