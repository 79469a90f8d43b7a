# step environment
endpoint=$ENDPOINT
call_connection_id=$CALL
connection_string=$CONNECTION_STRING
text='base64:'$SIGNING_SECRET
template='/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15'
path=${template//'{{callConnectionId}}'/"$call_connection_id"}
body='{"playSources":[{"kind":"text","text":{"text":"Grüße","sourceLocale":"de-DE","voiceKind":"male"}}]}'
headers=(-H 'Content-Type: application/json')
# step url
url=$endpoint$path
# step secret
secret=$SIGNING_SECRET
# step key
# wrong key/encoding: key=$(printf %s "$secret" | od -An -v -tx1 | tr -d ' \n')
key=$(printf %s "$secret" | base64 -d | od -An -v -tx1 | tr -d ' \n')
# step method
# wrong method/case: method=post
# wrong method/other: method=GET
method=POST
# step target
# wrong url/absolute: target=$url
# wrong url/query-omitted: target=${url#"$endpoint"}; target=${target%%\?*}
# wrong template/unresolved: target=$template
target=${url#"$endpoint"}
# step host
# wrong url/host: host=$endpoint
host=${endpoint#http://}
# step date
# wrong date/format: date=$(date -u '+%Y-%m-%dT%H:%M:%SZ')
# wrong date/clock-skew: date=$(LC_ALL=C date -u -d '2 hours ago' '+%a, %d %b %Y %H:%M:%S GMT')
date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
# step content-hash
# wrong body/newlines: content_hash=$(echo "$body" | openssl dgst -sha256 -binary | base64)
# wrong body/missing: content_hash=$(openssl dgst -sha256 -binary < /dev/null | base64)
# wrong content-hash/encoding: content_hash=$(printf %s "$body" | sha256sum | cut -d' ' -f1)
# wrong content-hash/encoding: content_hash=$(printf %s "$body" | openssl dgst -sha256 -r | cut -d' ' -f1 | tr -d '\n' | base64 -w0)
# wrong content-hash/algorithm: content_hash=$(printf %s "$body" | openssl dgst -md5 -binary | base64)
content_hash=$(printf %s "$body" | openssl dgst -sha256 -binary | base64)
# step string-to-sign
# wrong layout/literal-newline: string_to_sign="$method\n$target\n$date;$host;$content_hash"
# wrong layout/trailing-newline: string_to_sign="$method"$'\n'"$target"$'\n'"$date;$host;$content_hash"$'\n'
# wrong layout/newlines: string_to_sign="$method"$'\r\n'"$target"$'\r\n'"$date;$host;$content_hash"
# wrong layout/order: string_to_sign="$method"$'\n'"$target"$'\n'"$host;$date;$content_hash"
string_to_sign="$method"$'\n'"$target"$'\n'"$date;$host;$content_hash"
# step signature
# wrong digest/encoding: signature=$(printf %s "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -r | cut -d' ' -f1)
# wrong digest/algorithm: signature=$(printf %s "$string_to_sign" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" -binary | base64)
signature=$(printf %s "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
# step signed-headers
# wrong header/signed-set: signed_headers='host;x-ms-date;x-ms-content-sha256'
signed_headers='x-ms-date;host;x-ms-content-sha256'
# step authorization
# wrong header/authorization-syntax: headers+=(-H "Authorization: $signature")
headers+=(-H "Authorization: HMAC-SHA256 SignedHeaders=$signed_headers&Signature=$signature")
# step send-date
# wrong header/signed-set: headers+=(-H "x-date: $date")
[[ "${headers[*]}" == *'x-ms-date: '* ]] || headers+=(-H "x-ms-date: $date")
# step send-content-hash
# wrong content-hash/not-sent: headers+=(-H "content-hash: $content_hash")
headers+=(-H "x-ms-content-sha256: $content_hash")
# step send
curl -sS -o /dev/null -X POST "${headers[@]}" -H 'x-case: CASE' --data-binary "$body" "$url"
