-- Patient?_id=a,b
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.id = ANY($2) ORDER BY r.resource_key LIMIT $3) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, a+b, 51

-- Patient?_lastUpdated=ge2026-11-23
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND ((r.last_updated >= $2 OR r.last_updated + 1000 > $3)) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1795384800000000, 1795471200000000, 51

-- Patient?_sort=birthdate,-family
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, (SELECT MAX(i.prefix) FROM index_string i WHERE i.resource_key = r.resource_key AND i.parameter IN (147360096)) AS s1 FROM resource r WHERE r.type = $1 AND r.deleted = 0) r ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key LIMIT $2) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 51

-- Patient?_sort=-_lastUpdated
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, r.last_updated AS s0 FROM resource r WHERE r.type = $1 AND r.deleted = 0) r ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0 DESC, r.resource_key LIMIT $2) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0 DESC, r.resource_key 
-- Patient, 51

-- Patient?gender=male&family=virt&birthdate=ge1950
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= $2 AND i.prefix < $3) AND EXISTS (SELECT 1 FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND (i.start_us >= $4 OR i.end_us > $5)) AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = $6)) ORDER BY r.resource_key LIMIT $7) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, virt, viru, -631159200000000, -599623200000000, male, 51

-- Patient?gender=male, page after key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = $2) AND r.resource_key <= $3 AND r.resource_key > $4 ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, male, 9, 5, 51

-- Patient?_sort=birthdate,-_lastUpdated, page after (100, 200) and key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, r.last_updated AS s1 FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key <= $2 AND r.version_key <= $3) r WHERE (r.s0 IS NULL OR r.s0 > $4 OR (r.s0 = $5 AND (r.s1 IS NULL OR r.s1 < $6 OR (r.s1 = $7 AND r.resource_key > $8)))) ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key LIMIT $9) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 9, 12, 100, 100, 200, 200, 5, 51

-- Patient?_sort=birthdate,-_lastUpdated, page after one without birth date
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, r.last_updated AS s1 FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key <= $2 AND r.version_key <= $3) r WHERE (r.s0 IS NULL AND (r.s1 IS NULL OR r.s1 < $4 OR (r.s1 = $5 AND r.resource_key > $6))) ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key LIMIT $7) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 9, 12, 200, 200, 5, 51

-- Slot?start=ge2026-11-23&start=lt2026-11-24, page after (100, 200) and key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_date i WHERE i.parameter = 1274320055 AND i.start_us > $2 AND (i.start_us >= $3 OR i.end_us > $4) AND i.start_us < $5)) AND r.resource_key <= $6 AND r.resource_key > $7 ORDER BY r.resource_key LIMIT $8) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Slot, 1795384799000000, 1795384800000000, 1795471200000000, 1795471200000000, 9, 5, 51

-- Patient?gender=male, total
SELECT COUNT(*) FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = $2)
-- Patient, male
