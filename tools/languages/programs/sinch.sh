# step environment
url=$ENDPOINT/calling/v1/callouts
key_id=$KEY_ID
key=$(printf %s "$SINCH_SECRET" | base64 -d | od -An -v -tx1 | tr -d ' \n')
number=+14255550123
template='{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}'
content_type=application/json
method=POST
path=/calling/v1/callouts
headers=()
# step body
# wrong template/unresolved: body=$template
body=${template/'{{number}}'/$number}
# step date
# wrong date/unit: date=$(date +%s)000
# wrong date/format: date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
date=$(date -u '+%Y-%m-%dT%H:%M:%SZ')
# step content-hash
# wrong content-hash/algorithm: content_hash=$(printf %s "$body" | openssl dgst -sha256 -binary | base64)
content_hash=$(printf %s "$body" | openssl dgst -md5 -binary | base64)
# step string-to-sign
# wrong layout/part-missing: printf -v string_to_sign '%s\n%s\n%s\n%s\n%s' "$method" "$content_hash" "$content_type" "$date" "$path"
printf -v string_to_sign '%s\n%s\n%s\nx-timestamp:%s\n%s' "$method" "$content_hash" "$content_type" "$date" "$path"
# step signature
signature=$(printf %s "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
# step send-content-type
# wrong header/content-type: headers+=(-H "Content-Type: $content_type; charset=utf-8")
headers+=(-H "Content-Type: $content_type")
# step authorization
# wrong key/id: headers+=(-H "authorization: application {${key_id^^}}:$signature")
headers+=(-H "authorization: application $key_id:$signature")
# step send-date
headers+=(-H "x-timestamp: $date")
# step send
headers+=(-H 'x-case: CASE')
curl -sS -o /dev/null "${headers[@]}" --data-binary "${body/'{{number}}'/$number}" "$url"
