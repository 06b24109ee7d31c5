CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT);
INSERT INTO note VALUES ('1', 'an object of another kind');
