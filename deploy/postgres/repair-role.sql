-- A role that can audit and apply plans: rows may be read, changed and removed, and nothing of the schema. As the owner of the database:
--   psql -v role=audit_repair -v schema=public -f repair-role.sql
-- Grant it on the tables that a profile writes alone where that is enough (`audit profiles show NAME`).
\if :{?role} \else \set role audit_repair \endif
\if :{?schema} \else \set schema public \endif
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 8;
ALTER ROLE :"role" SET statement_timeout = '10min';
ALTER ROLE :"role" SET idle_in_transaction_session_timeout = '15min';
GRANT USAGE ON SCHEMA :"schema" TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA :"schema" TO :"role";
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"role";
