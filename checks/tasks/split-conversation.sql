/*
{ "id": "split-conversation", "severity": "error", "subject": "task",
  "title": "task has one session with the user's message and another with the workspace",
  "message": "task {id}: the user's message is in session {session_id}, workspace {workspace_id} belongs to session {other_session_id}",
  "why": "the session was made once when the task was submitted and again when its workspace was; the agent works in a session that never heard what was asked",
  "safety": "merge keeps the session with the user's message: it gets the workspace, the messages of the other one behind its own, and everything that names the other one; only the emptied session goes (undoable). It is planned where these are the task's only two sessions, nobody has written to either within the grace, and no other link speaks against it; elsewhere look first",
  "requires": ["one-session-per-task"],
  "optional": ["hold", "session_ref", "sam_snapshot", "sam_summary"],
  "supersedes": ["duplicate-task-session"],
  "repairs": [
    {"name": "merge", "applicability": "safe",
     "when": ["SELECT f.scope, f.id",
              "FROM finding f",
              "JOIN session a ON a.scope = f.scope AND a.id = f.session_id",
              "JOIN session b ON b.scope = f.scope AND b.id = f.other_session_id",
              "WHERE a.state <> 'unknown' AND b.state <> 'unknown'",
              "  AND (a.state NOT IN ('ended', 'failed') OR b.state IN ('ended', 'failed'))",
              "  AND NOT EXISTS (SELECT 1 FROM session x WHERE x.scope = f.scope AND x.task_id = f.id AND x.id <> a.id AND x.id <> b.id)",
              "  AND NOT EXISTS (SELECT 1 FROM session y WHERE y.scope = f.scope AND y.workspace_id = f.workspace_id AND y.id <> b.id)",
              "  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = f.scope AND m.session_id = a.id AND m.created_at >= :now - :grace)",
              "  AND NOT EXISTS (SELECT 1 FROM message n WHERE n.scope = f.scope AND n.session_id = b.id AND n.created_at >= :now - :grace)",
              "  AND NOT EXISTS (SELECT 1 FROM workspace v WHERE v.scope = f.scope AND v.session_id = a.id AND v.id <> f.workspace_id)",
              "  AND NOT EXISTS (SELECT 1 FROM workspace w WHERE w.scope = f.scope AND w.session_id = b.id AND w.id <> f.workspace_id)",
              "  AND EXISTS (SELECT 1 FROM workspace u WHERE u.scope = f.scope AND u.id = f.workspace_id AND COALESCE(u.session_id, b.id) IN (a.id, b.id))",
              "  AND NOT EXISTS (SELECT 1 FROM task r WHERE r.scope = f.scope AND r.session_id = b.id AND r.id <> f.id)",
              "  AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.scope = f.scope AND h.relation = 'session' AND h.reason = 'waking' AND h.id IN (a.id, b.id))"],
     "changes": [
       {"update": "message", "key": {"id": "{message_id}"}, "set": {"session_id": "{session_id}"}, "also": {"seq": "{new_seq}"},
        "each": ["SELECT m.source, f.scope, f.id, m.id AS message_id,",
                 "       (SELECT COALESCE(MAX(n.seq), 0) FROM message n WHERE n.scope = f.scope AND n.session_id = f.session_id)",
                 "       + ROW_NUMBER() OVER (PARTITION BY f.scope, f.id ORDER BY m.created_at, m.seq, m.id) AS new_seq",
                 "FROM finding f",
                 "JOIN message m ON m.scope = f.scope AND m.session_id = f.other_session_id"]},
       {"update": "session", "key": {"id": "{session_id}"}, "set": {"workspace_id": "{workspace_id}"},
        "also": {"message_count": "{messages}", "updated_at": "{changed_at}"},
        "each": ["SELECT a.source, f.scope, f.id, CASE WHEN b.updated_at > a.updated_at THEN b.updated_at ELSE a.updated_at END AS changed_at,",
                 "       (SELECT COUNT(*) FROM message m WHERE m.scope = f.scope AND m.session_id = f.session_id)",
                 "       + (SELECT COUNT(*) FROM message n WHERE n.scope = f.scope AND n.session_id = f.other_session_id) AS messages",
                 "FROM finding f",
                 "JOIN session a ON a.scope = f.scope AND a.id = f.session_id",
                 "JOIN session b ON b.scope = f.scope AND b.id = f.other_session_id"]},
       {"update": "workspace", "key": {"id": "{workspace_id}"}, "set": {"session_id": "{session_id}"}},
       {"update": "task", "key": {"id": "{id}"}, "set": {"session_id": "{session_id}"},
        "each": ["SELECT x.source, f.scope, f.id FROM finding f JOIN task x ON x.scope = f.scope AND x.id = f.id WHERE x.session_id = f.other_session_id"]},
       {"update": "session_ref", "key": {"session_id": "{other_session_id}", "from_relation": "{from_relation}", "from_id": "{from_id}"}, "set": {"session_id": "{session_id}"},
        "each": ["SELECT r.source, f.scope, f.id, r.from_relation, r.from_id",
                 "FROM finding f",
                 "JOIN session_ref r ON r.scope = f.scope AND r.session_id = f.other_session_id",
                 "WHERE NOT EXISTS (SELECT 1 FROM session_ref q WHERE q.scope = f.scope AND q.session_id = f.session_id",
                 "                  AND q.from_relation = r.from_relation AND (q.role = 'own' OR q.from_id = r.from_id))"]},
       {"update": "sam_snapshot", "key": {"id": "{snapshot_id}"}, "set": {"session_id": "{session_id}"},
        "each": ["SELECT p.source, f.scope, f.id, p.id AS snapshot_id FROM finding f JOIN sam_snapshot p ON p.scope = f.scope AND p.session_id = f.other_session_id"]},
       {"delete": "sam_summary", "key": {"id": "{other_session_id}"},
        "each": ["SELECT y.source, f.scope, f.id FROM finding f JOIN sam_summary y ON y.scope = f.scope AND y.id = f.other_session_id"]},
       {"delete": "session", "key": {"id": "{other_session_id}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, k.id AS session_id, o.id AS other_session_id, o.workspace_id
FROM task t
JOIN session k ON k.scope = t.scope AND k.task_id = t.id AND k.workspace_id IS NULL
JOIN session o ON o.scope = t.scope AND o.task_id = t.id AND o.workspace_id IS NOT NULL
WHERE k.created_at < :now - :grace
  AND o.created_at < :now - :grace
  AND EXISTS (SELECT 1 FROM message km WHERE km.scope = k.scope AND km.session_id = k.id AND km.role = 'user')
  AND NOT EXISTS (SELECT 1 FROM message om WHERE om.scope = o.scope AND om.session_id = o.id AND om.role = 'user')
