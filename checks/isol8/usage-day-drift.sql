/*
{ "id": "usage-day-drift", "severity": "warning", "subject": "isol8_usage_day",
  "title": "daily usage does not count what was used",
  "message": "usage of {model} ({origin}) on {day} counts {requests} [request|requests] instead of {counted}",
  "why": "the daily sums are kept beside the single records and not with them; what is shown and limited by the sums is wrong, what is billed from the records is right",
  "safety": "recount sets the sums of that day, account, model and origin to those of the single records",
  "requires": ["isol8"],
  "repairs": [
    {"name": "recount", "applicability": "safe",
     "changes": [{"update": "isol8_usage_day", "key": {"id": "{id}"},
                  "set": {"requests": "{counted}", "input_tokens": "{counted_input}", "output_tokens": "{counted_output}",
                          "cost": "{counted_cost}", "billable": "{counted_billable}"}}]} ] }
*/
SELECT d.source, d.scope, d.id, d.account_id, d.model, d.origin, d.day, d.requests, COALESCE(u.counted, 0) AS counted,
       COALESCE(u.counted_input, 0) AS counted_input, COALESCE(u.counted_output, 0) AS counted_output,
       COALESCE(u.counted_cost, 0) AS counted_cost, COALESCE(u.counted_billable, 0) AS counted_billable
FROM isol8_usage_day d
LEFT JOIN (SELECT e.scope, e.account_id, e.model, e.origin, e.day, COUNT(*) AS counted, SUM(e.input_tokens) AS counted_input,
                  SUM(e.output_tokens) AS counted_output, SUM(e.cost) AS counted_cost, SUM(e.billable) AS counted_billable,
                  MAX(e.created_at) AS last_used_at
           FROM isol8_usage e
           GROUP BY e.scope, e.account_id, e.model, e.origin, e.day) u
  ON u.scope = d.scope AND u.account_id = d.account_id AND u.model = d.model AND u.origin = d.origin AND u.day = d.day
WHERE COALESCE(u.counted, 0) <> d.requests
  AND COALESCE(u.last_used_at, 0) < :now - :grace
