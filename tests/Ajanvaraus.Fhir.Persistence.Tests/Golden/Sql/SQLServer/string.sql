-- Patient?family=virt
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= @p2 AND i.prefix < @p3) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, virt, viru, 51

-- Patient?family:contains=100%
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_string i WHERE i.resource_key = r.resource_key AND i.parameter = 147360096 AND CHARINDEX(@p2, i.normalized) > 0) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 100%, 51

-- Patient?family:exact=Virtanen
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.exact = @p2) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, Virtanen, 51

-- Patient?family=a,b
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= @p2 AND i.prefix < @p3 UNION ALL SELECT i.resource_key FROM index_string i WHERE i.parameter = 147360096 AND i.prefix >= @p4 AND i.prefix < @p5) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p6 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, a, b, b, c, 51
