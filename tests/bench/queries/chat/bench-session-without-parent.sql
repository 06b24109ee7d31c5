SELECT s.id, s.parent_id
FROM sessions s
WHERE s.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sessions p WHERE p.id = s.parent_id);
