SELECT a.session_id FROM p.session_state a WHERE a.activity IN ('prompting','recovering') AND a.activity_at < (1772366400000-3600000) AND
coalesce(a.runtime_work_progress_at, 0) < (1772366400000-3600000);
