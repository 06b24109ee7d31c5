-- A role that can audit and nothing else. As the owner of the database:
--   psql -v role=audit -v schema=public -f audit-role.sql
-- Set a password with \password, or let the machine's user of that name in by `peer`. Keep passwords in a PGPASSFILE.
\if :{?role} \else \set role audit \endif
\if :{?schema} \else \set schema public \endif
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 8;
ALTER ROLE :"role" SET default_transaction_read_only = on;
ALTER ROLE :"role" SET statement_timeout = '10min';
ALTER ROLE :"role" SET idle_in_transaction_session_timeout = '15min';
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"role";
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"role";
