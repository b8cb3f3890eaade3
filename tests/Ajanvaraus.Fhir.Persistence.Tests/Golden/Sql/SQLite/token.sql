-- Patient?identifier=urn:a|1
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_token i WHERE i.parameter = -456382781 AND i.parameter NOT IN (1059002135, -134525643, 971820038, -159480474, 2026913668, 942122070, -1003234978, -803105256, 1277821606) AND i.code = $2 AND i.system = $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1, urn:a, 51

-- Patient?identifier=1
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_token i WHERE i.parameter = -456382781 AND i.parameter NOT IN (1059002135, -134525643, 971820038, -159480474, 2026913668, 942122070, -1003234978, -803105256, 1277821606) AND i.code = $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1, 51

-- Patient?identifier=urn:a|
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i INDEXED BY ix_index_token_resource WHERE i.resource_key = r.resource_key AND i.parameter = -456382781 AND i.system = $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, urn:a, 51

-- Patient?identifier=|1
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_token i WHERE i.parameter = -456382781 AND i.parameter NOT IN (1059002135, -134525643, 971820038, -159480474, 2026913668, 942122070, -1003234978, -803105256, 1277821606) AND i.code = $2 AND i.system = $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1, , 51

-- Patient?gender:not=male
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND NOT (EXISTS (SELECT 1 FROM index_token i INDEXED BY ix_index_token_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = $2)) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, male, 51

-- Observation?code:text=verenpaine
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i INDEXED BY ix_index_token_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1555152208 AND i.text >= $2 AND i.text < $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, verenpaine, verenpainf, 51

-- Patient?gender:missing=true
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND NOT EXISTS (SELECT 1 FROM index_token i INDEXED BY ix_index_token_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411) ORDER BY r.resource_key LIMIT $2) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 51
