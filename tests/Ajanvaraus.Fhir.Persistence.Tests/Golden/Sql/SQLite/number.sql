-- RiskAssessment?probability=0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.low >= $2 AND i.high <= $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.45, 0.55, 51

-- RiskAssessment?probability=ne0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND (i.low < $2 OR i.high > $3)) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.45, 0.55, 51

-- RiskAssessment?probability=gt0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.high > $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 51

-- RiskAssessment?probability=lt0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.low < $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 51

-- RiskAssessment?probability=ge0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND (i.high > $2 OR i.low >= $3 AND i.high <= $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 0.45, 0.55, 51

-- RiskAssessment?probability=le0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND (i.low < $2 OR i.low >= $3 AND i.high <= $4)) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 0.45, 0.55, 51

-- RiskAssessment?probability=sa0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.low >= $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 51

-- RiskAssessment?probability=eb0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.high <= $2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.5, 51

-- RiskAssessment?probability=ap0.5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_number i INDEXED BY ix_index_number_resource WHERE i.resource_key = r.resource_key AND i.parameter = -1865695203 AND i.low < $2 AND i.high > $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- RiskAssessment, 0.55, 0.45, 51
