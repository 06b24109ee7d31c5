/*
{ "id": "terminal-task-without-event", "severity": "warning", "subject": "task",
  "title": "task ended without an event that says so",
  "message": "task {id} is {status} since {ended_at}, and no event records it",
  "why": "the status is written before its event; without the event the history of the task is wrong, and whoever waits for it is not told",
  "safety": "record-event adds the event, under the task's own id and at the time when the task ended; nothing else is changed",
  "repairs": [
    {"name": "record-event", "applicability": "safe",
     "changes": [{"insert": "sam_task_event", "set": {"id": "{id}", "task_id": "{id}", "to_status": "{status}", "at": "{ended_at}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, t.status, t.ended_at
FROM task t
WHERE t.state IN ('ended', 'failed', 'skipped')
  AND t.ended_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM sam_task_event e WHERE e.task_id = t.id AND e.to_status = t.status)
