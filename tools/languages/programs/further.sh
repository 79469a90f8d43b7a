# step environment
endpoint=$ENDPOINT
key_id=$KEY_ID
connection_string=$CONNECTION_STRING
template='/as/SCHEME/{{callConnectionId}}'
call_connection_id='a1%20b2'
url=$endpoint'/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x'
text='base64:'$SIGNING_SECRET
headers=()
# step secret
secret=$SIGNING_SECRET
# step key
# wrong key/encoding for sinch-webhook sinch-numbers: key=$(printf %s "$secret" | base64 -d | od -An -v -tx1 | tr -d ' \n')
# wrong key/encoding for ledger: key=$(printf %s "$secret" | od -An -v -tx1 | tr -d ' \n')
# for azure-app-configuration sinch-voice-v2: key=$(printf %s "$secret" | base64 -d | od -An -v -tx1 | tr -d ' \n')
# for ledger: key=$secret
key=$(printf %s "$secret" | od -An -v -tx1 | tr -d ' \n')
# step body
body='{"text":"Grüße","tags":["a","b"],"none":""}'
# step method
method=POST
# step target
# wrong url/query-order for azure-app-configuration: target='/as/SCHEME/a1%20b2?a=%C3%A9%20x&b=2'
target=${url#"$endpoint"}
# step path
# wrong url/path-encoding for ledger sinch-voice-v2: path='/as/SCHEME/a1 b2'
path=/as/SCHEME/a1%20b2
# step query
# wrong url/query-order for ledger: query='a=%C3%A9%20x&b=2'
query='b=2&a=%C3%A9%20x'
# step host
host=${endpoint#http://}
# step content-type
content_type=application/json
# step content-length
# wrong header/content-length for ledger: content_length=$(echo "$body" | wc -c)
content_length=$(printf %s "$body" | wc -c)
# step x-nonce
x_nonce=a1b2-c3
# step x-sinch-webhook-signature-nonce
# wrong header/separator-inside for sinch-webhook: x_sinch_webhook_signature_nonce=01FJA8B4A7BM43.YGWSG9GBV067
x_sinch_webhook_signature_nonce=01FJA8B4A7BM43YGWSG9GBV067
# step date
# wrong date/unit for ledger sinch-webhook: date=$(date +%s)000
# for ledger sinch-webhook: date=$(date +%s)
# for sinch-voice-v2: date=$(date -u '+%Y-%m-%dT%H:%M:%SZ')
date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
# step content-hash
# wrong content-hash/encoding for ledger: content_hash=$(printf %s "$body" | openssl dgst -sha1 -binary | base64)
# for azure-app-configuration: content_hash=$(printf %s "$body" | openssl dgst -sha256 -binary | base64)
# for sinch-voice-v2: content_hash=$(printf %s "$body" | openssl dgst -md5 -binary | base64)
# for ledger: content_hash=$(printf %s "$body" | sha1sum | cut -d' ' -f1)
content_hash=$(printf %s "$body" | sha512sum | cut -d' ' -f1)
# step string-to-sign
# wrong url/scheme for postcard: string_to_sign=http://hooks.example.com/voice?a=1$'\n'$content_hash
# for azure-app-configuration: printf -v string_to_sign '%s\n%s\n%s;%s;%s' "$method" "$target" "$date" "$host" "$content_hash"
# for sinch-voice-v2: printf -v string_to_sign '%s\n%s\n%s\nx-timestamp:%s\n%s' "$method" "$content_hash" "$content_type" "$date" "$path"
# for sinch-webhook: string_to_sign=$body.$x_sinch_webhook_signature_nonce.$date
# for sinch-numbers: string_to_sign=$body
# for ledger: printf -v string_to_sign '%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s' "$method" "$path" "$query" "$host" "$content_length" "$x_nonce" "$date" "$content_hash"
string_to_sign=https://hooks.example.com/voice?a=1$'\n'$content_hash
# step signature
# wrong digest/encoding for ledger: signature=$(printf %s "$string_to_sign" | openssl dgst -sha512 -mac HMAC -macopt "hexkey:$key" -binary | base64 -w0)
# for sinch-numbers: signature=$(printf %s "$string_to_sign" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" -r | cut -d' ' -f1)
# for ledger: signature=$(printf %s "$string_to_sign" | openssl dgst -sha512 -mac HMAC -macopt "hexkey:$key" -r | cut -d' ' -f1)
# for postcard: signature=$(printf %s "$string_to_sign" | openssl dgst -md5 -mac HMAC -macopt "hexkey:$key" -binary | base64)
signature=$(printf %s "$string_to_sign" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
# step signed-headers
signed_headers='x-ms-date;host;x-ms-content-sha256'
# step authorization
# for azure-app-configuration: headers+=(-H "authorization: HMAC-SHA256 Credential=$key_id&SignedHeaders=$signed_headers&Signature=$signature")
# for sinch-voice-v2: headers+=(-H "authorization: service $key_id:$signature")
# for sinch-webhook: headers+=(-H "x-sinch-webhook-signature: $signature")
# for sinch-numbers: headers+=(-H "x-sinch-signature: $signature")
# for ledger: headers+=(-H "authorization: Ledger key=$key_id,mac=$signature")
headers+=(-H "x-postcard: $signature")
# step send-date
# for azure-app-configuration: headers+=(-H "x-ms-date: $date")
# for sinch-webhook: headers+=(-H "x-sinch-webhook-signature-timestamp: $date")
# for ledger: headers+=(-H "x-time: $date")
headers+=(-H "x-timestamp: $date")
# step send-content-hash
# for azure-app-configuration: headers+=(-H "x-ms-content-sha256: $content_hash")
headers+=(-H "x-body-sha1: $content_hash")
# step send-x-nonce
# wrong header/duplicated for ledger: headers+=(-H "x-nonce: $x_nonce" -H "X-Nonce: another")
# wrong header/changed-in-transit for ledger: headers+=(-H "x-nonce: ${x_nonce^^}")
headers+=(-H "x-nonce: $x_nonce")
# step send-x-sinch-webhook-signature-nonce
headers+=(-H "x-sinch-webhook-signature-nonce: $x_sinch_webhook_signature_nonce")
# step send-content-type
headers+=(-H "Content-Type: $content_type")
# step send
curl -sS -o /dev/null -X POST "${headers[@]}" -H 'x-case: CASE' --data-binary "$body" "$url"
