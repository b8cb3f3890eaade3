-- ValueSet?url=http://v.example/a
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = @p1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_uri i WHERE i.parameter = -1207273755 AND i.uri = @p2) ORDER BY r.resource_key OFFSET 0 ROWS FETCH NEXT @p3 ROWS ONLY) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- ValueSet, http://v.example/a, 51
