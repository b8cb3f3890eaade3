-- Location?near=60.17|24.94|5|km
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND r.resource_key IN (SELECT i.resource_key FROM index_position i WHERE i.parameter = 595069498 AND i.z >= $2 AND i.z <= $3 AND (i.x - $4) * (i.x - $5) + (i.y - $6) * (i.y - $7) + (i.z - $8) * (i.z - $9) <= $10) ORDER BY r.resource_key LIMIT $11) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Location, 0.8667203144231892, 0.8682899245206304, 0.45104299692986344, 0.45104299692986344, 0.2097500479393386, 0.2097500479393386, 0.8675051194719098, 0.8675051194719098, 6.159189644973858E-07, 51

-- Patient?_content=anna virta*
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_text i WHERE i.parameter = 1562976922 AND i.document @@ CAST($2 AS tsquery)) AND EXISTS (SELECT 1 FROM index_text i WHERE i.resource_key = r.resource_key AND i.parameter = 1562976922 AND i.document @@ CAST($3 AS tsquery))) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 'anna', 'virta':*, 51

-- Patient?_text="kaksi sanaa" NOT muu
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND (r.resource_key IN (SELECT i.resource_key FROM index_text i WHERE i.parameter = 1179684710 AND i.document @@ CAST($2 AS tsquery) AND strpos(' ' || i.body || ' ', $3) > 0) AND NOT (EXISTS (SELECT 1 FROM index_text i WHERE i.resource_key = r.resource_key AND i.parameter = 1179684710 AND i.document @@ CAST($4 AS tsquery)))) ORDER BY r.resource_key LIMIT $5) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Patient, 'kaksi' & 'sanaa',  kaksi sanaa , 'muu', 51

-- Observation?subject:text=virt
SELECT r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body, (SELECT MAX(m.resource_key) FROM resource m), CAST(0 AS bigint) FROM (SELECT r.resource_key, r.type, r.id, r.version_key FROM resource r WHERE r.type = $1 AND r.deleted = 0 AND EXISTS (SELECT 1 FROM index_token i WHERE i.resource_key = r.resource_key AND i.parameter = 1530959260 AND i.text >= $2 AND i.text < $3) ORDER BY r.resource_key LIMIT $4) r JOIN resource_version v ON v.version_key = r.version_key ORDER BY r.resource_key 
-- Observation, virt, viru, 51
