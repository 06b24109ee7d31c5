-- the control database alone
SELECT n.id FROM session_snapshots n WHERE n.recovery_status = 'waking' AND coalesce(n.recovery_claimed_at, n.updated_at) <
'2026-03-01T11:00:00.000Z';
