/*
{ "id": "message-payload-length", "severity": "error", "subject": "message",
  "title": "encrypted message has a field of impossible length",
  "message": "message {id} of session {session_id} cannot be decrypted: a field has not the length that its encryption makes",
  "why": "the ephemeral key and the salt are 32 bytes, the nonce and the tag 16, all in hexadecimal; a message with another length was cut off or damaged and cannot be decrypted",
  "requires": ["isol8"] }
*/
SELECT p.source, p.scope, p.id, p.session_id, p.public_key_length, p.iv_length, p.auth_tag_length, p.salt_length
FROM isol8_payload p
WHERE (p.public_key_length <> 64 OR p.iv_length <> 32 OR p.auth_tag_length <> 32 OR p.salt_length <> 64)
  AND p.created_at < :now - :grace
