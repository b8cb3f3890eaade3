-- Patient?family=virt
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= $2 AND i.prefix < $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, virt, viru, 51

-- Patient?family:contains=100%
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_string i INDEXED BY ix_index_string_resource WHERE i.resource_key = r.resource_key AND i.parameter = 147360096 AND instr(i.normalized, $2) > 0) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 100%, 51

-- Patient?family:exact=Virtanen
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.exact = $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, Virtanen, 51

-- Patient?family=a,b
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= $2 AND i.prefix < $3 UNION ALL SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= $4 AND i.prefix < $5) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, a, b, b, c, 51
