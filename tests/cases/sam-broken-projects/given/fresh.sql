-- An object that was made and never used.
SELECT 1;
