-- outbox: older than five minutes, of this session and of another; one delivered, one in flight
INSERT INTO message_outbox (message_id, session_id, role, content, created_at) VALUES ('m-lost-2', 's-oneway', 'assistant', 'x', '2026-03-01T11:00:00.000Z');
