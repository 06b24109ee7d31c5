CREATE TABLE cron_run_logs (store_key TEXT NOT NULL, job_id TEXT NOT NULL, seq INTEGER NOT NULL, ts INTEGER NOT NULL, session_id TEXT, session_key TEXT, entry_json TEXT NOT NULL, PRIMARY KEY (store_key, job_id, seq));
INSERT INTO cron_run_logs VALUES ('main', 'job', 1, 1772107200000, '00000020-1111-4222-8333-000000000020', 'agent:main:cron:job', '{}');
