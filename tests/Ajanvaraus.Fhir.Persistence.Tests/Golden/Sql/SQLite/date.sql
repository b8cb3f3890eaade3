-- Patient?birthdate=1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.start_us >= $2 AND i.end_us <= $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -618112800000000, -615520800000000, 51

-- Patient?birthdate=ne1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND (i.start_us < $2 OR i.end_us > $3)) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -618112800000000, -615520800000000, 51

-- Patient?birthdate=gt1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.end_us > $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -615520800000000, 51

-- Patient?birthdate=lt1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.start_us < $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -618112800000000, 51

-- Patient?birthdate=ge1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND (i.start_us >= $2 OR i.end_us > $3)) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -618112800000000, -615520800000000, 51

-- Patient?birthdate=le1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND (i.end_us <= $2 OR i.start_us < $3)) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -615520800000000, -618112800000000, 51

-- Patient?birthdate=sa1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.start_us >= $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -615520800000000, 51

-- Patient?birthdate=eb1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.end_us <= $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -618112800000000, 51

-- Patient?birthdate=ap1950-06
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_date i INDEXED BY ix_index_date_resource WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND i.start_us < $2 AND i.end_us > $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, -374435280000000, -859198320000000, 51
