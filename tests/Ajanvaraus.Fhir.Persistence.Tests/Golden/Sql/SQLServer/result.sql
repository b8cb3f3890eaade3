-- Patient?_id=a,b
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.id IN (SELECT j.value COLLATE Latin1_General_BIN2 FROM OPENJSON(@p2) j) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, ["a","b"], 51

-- Patient?_lastUpdated=ge2026-11-23
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND ((r.last_updated >= @p2 OR r.last_updated + 1000 > @p3)) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 1795384800000000, 1795471200000000, 51

-- Patient?_sort=birthdate,-family
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, (SELECT MAX(i.prefix) FROM index_string i WHERE i.resource_key = r.resource_key AND i.parameter IN (147360096)) AS s1 FROM resource r WHERE r.type = @p1 AND r.deleted = 0) r ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 51

-- Patient?_sort=-_lastUpdated
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, r.last_updated AS s0 FROM resource r WHERE r.type = @p1 AND r.deleted = 0) r ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0 DESC, r.resource_key OFFSET 0 ROWS FETCH NEXT @p2 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0 DESC, r.resource_key 
-- Patient, 51

-- Patient?gender=male&family=virt&birthdate=ge1950
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= @p2 AND i.prefix < @p3) AND EXISTS (SELECT 1 FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter = 218419845 AND (i.start_us >= @p4 OR i.end_us > @p5)) AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = @p6)) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, virt, viru, -631159200000000, -599623200000000, male, 51

-- Patient?gender=male, page after key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = @p2) AND r.resource_key <= @p3 AND r.resource_key > @p4 ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p5 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, male, 9, 5, 51

-- Patient?_sort=birthdate,-_lastUpdated, page after (100, 200) and key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, r.last_updated AS s1 FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key <= @p2 AND r.version_key <= @p3) r WHERE (r.s0 IS NULL OR r.s0 > @p4 OR (r.s0 = @p5 AND (r.s1 IS NULL OR r.s1 < @p6 OR (r.s1 = @p7 AND r.resource_key > @p8)))) ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key OFFSET 0 ROWS FETCH NEXT @p9 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 9, 12, 100, 100, 200, 200, 5, 51

-- Patient?_sort=birthdate,-_lastUpdated, page after one without birth date
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), (SELECT MAX(n.version_key) FROM resource_version n), r.s0, r.s1 FROM (SELECT r.* FROM (SELECT r.resource_key, r.type, r.id, r.version_key, (SELECT MIN(i.start_us) FROM index_date i WHERE i.resource_key = r.resource_key AND i.parameter IN (218419845)) AS s0, r.last_updated AS s1 FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key <= @p2 AND r.version_key <= @p3) r WHERE (r.s0 IS NULL AND (r.s1 IS NULL OR r.s1 < @p4 OR (r.s1 = @p5 AND r.resource_key > @p6))) ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key OFFSET 0 ROWS FETCH NEXT @p7 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY CASE WHEN r.s0 IS NULL THEN 1 ELSE 0 END, r.s0, CASE WHEN r.s1 IS NULL THEN 1 ELSE 0 END, r.s1 DESC, r.resource_key 
-- Patient, 9, 12, 200, 200, 5, 51

-- Slot?start=ge2026-11-23&start=lt2026-11-24, page after (100, 200) and key 5
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_date i WHERE i.parameter = 1274320055 AND i.start_us > @p2 AND (i.start_us >= @p3 OR i.end_us > @p4) AND i.start_us < @p5)) AND r.resource_key <= @p6 AND r.resource_key > @p7 ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p8 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Slot, 1795384799000000, 1795384800000000, 1795471200000000, 1795471200000000, 9, 5, 51

-- Patient?gender=male, total
SELECT COUNT(*) FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = -1492291411 AND i.code = @p2)
-- Patient, male
