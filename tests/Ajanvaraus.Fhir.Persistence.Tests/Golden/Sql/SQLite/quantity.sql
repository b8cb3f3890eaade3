-- Observation?value-quantity=5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.low >= $2 AND i.high <= $3 AND i.system = $4 AND (i.code = $5)) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.35, 5.45, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=ne5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND (i.low < $2 OR i.high > $3) AND i.system = $4 AND (i.code = $5)) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.35, 5.45, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=gt5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.high > $2 AND i.system = $3 AND (i.code = $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=lt5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.low < $2 AND i.system = $3 AND (i.code = $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=ge5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND (i.high > $2 OR i.low >= $3 AND i.high <= $4) AND i.system = $5 AND (i.code = $6)) ORDER BY r.resource_key LIMIT $7) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, 5.35, 5.45, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=le5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND (i.low < $2 OR i.low >= $3 AND i.high <= $4) AND i.system = $5 AND (i.code = $6)) ORDER BY r.resource_key LIMIT $7) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, 5.35, 5.45, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=sa5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.low >= $2 AND i.system = $3 AND (i.code = $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=eb5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.high <= $2 AND i.system = $3 AND (i.code = $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.4, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=ap5.4|http://unitsofmeasure.org|mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.low < $2 AND i.high > $3 AND i.system = $4 AND (i.code = $5)) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.94, 4.86, http://unitsofmeasure.org, mg, 51

-- Observation?value-quantity=5.4||mg
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_quantity i INDEXED BY ix_index_quantity_resource WHERE i.resource_key = r.resource_key AND i.parameter = -351404460 AND i.low >= $2 AND i.high <= $3 AND (i.code = $4 OR i.unit = $5)) ORDER BY r.resource_key LIMIT $6) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, 5.35, 5.45, mg, mg, 51
