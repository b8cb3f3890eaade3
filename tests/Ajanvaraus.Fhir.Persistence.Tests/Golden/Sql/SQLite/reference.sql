-- Patient?general-practitioner=p
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_reference i WHERE i.parameter = 492944759 AND i.target_id <> '' AND i.target_id = $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, p, 51

-- Patient?general-practitioner=Practitioner/p
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_reference i WHERE i.parameter = 492944759 AND i.target_id <> '' AND i.target_id = $2 AND i.target_type = $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, p, Practitioner, 51

-- Patient?organization=http://muu.example/Organization/1
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_reference i WHERE i.parameter = 783833391 AND i.uri <> '' AND i.uri = $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, http://muu.example/Organization/1, 51

-- Patient?general-practitioner:identifier=urn:a|1
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_reference i WHERE i.parameter = 492944759 AND i.identifier_value <> '' AND i.identifier_value = $2 AND i.identifier_system = $3) OR r.resource_key IN (SELECT i.resource_key FROM index_token t JOIN resource c ON c.resource_key = t.resource_key AND c.deleted <> 1 JOIN index_reference i ON i.target_type = c.type AND i.target_id = c.id AND i.target_id <> '' AND i.parameter = 492944759 WHERE t.parameter IN (-2026893178, -1561950273, 773317106) AND t.parameter NOT IN (1059002135, -134525643, 971820038, -159480474, 2026913668, 942122070, -1003234978, -803105256, 1277821606) AND t.code = $4 AND t.system = $5)) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1, urn:a, 1, urn:a, 51
