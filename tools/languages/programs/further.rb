# step environment
require 'base64'
require 'cgi'
require 'erb'
require 'json'
require 'net/http'
require 'openssl'
require 'time'

endpoint = ENV.fetch('ENDPOINT')
key_id = ENV.fetch('KEY_ID')
connection_string = ENV.fetch('CONNECTION_STRING')
template = '/as/SCHEME/{{callConnectionId}}'
call_connection_id = 'a1 b2'
uri = URI("#{endpoint}/as/SCHEME/a1%20b2?b=2&a=%C3%A9%20x")
data = { text: 'Grüße', tags: %w[a b], none: '' }
text = "base64:#{ENV.fetch('SIGNING_SECRET')}"
request = Net::HTTP::Post.new(uri)
# step secret
secret = ENV.fetch('SIGNING_SECRET')
# step key
# wrong key/encoding for sinch-webhook sinch-numbers: key = Base64.decode64(secret)
# wrong key/encoding for ledger: key = secret
# for azure-app-configuration sinch-voice-v2: key = Base64.decode64(secret)
# for ledger: key = [secret].pack('H*')
key = secret
# step body
body = data.to_json
# step method
method = 'POST'
# step target
target = uri.request_uri
# step path
# wrong url/path-encoding for ledger sinch-voice-v2: path = CGI.unescape(uri.path)
path = uri.path
# step query
# wrong url/query-order for ledger: query = uri.query.split('&').sort.join('&')
query = uri.query
# step host
host = "#{uri.host}:#{uri.port}"
# step content-type
content_type = 'application/json'
# step content-length
# wrong header/content-length for ledger: content_length = body.length.to_s
content_length = body.bytesize.to_s
# step x-nonce
x_nonce = 'a1b2-c3'
# step x-sinch-webhook-signature-nonce
# wrong header/separator-inside for sinch-webhook: x_sinch_webhook_signature_nonce = '01FJA8B4A7BM43.YGWSG9GBV067'
x_sinch_webhook_signature_nonce = '01FJA8B4A7BM43YGWSG9GBV067'
# step date
# wrong date/unit for ledger sinch-webhook: date = (Time.now.to_f * 1000).to_i.to_s
# for ledger sinch-webhook: date = Time.now.to_i.to_s
# for sinch-voice-v2: date = Time.now.utc.iso8601
date = Time.now.httpdate
# step content-hash
# wrong content-hash/encoding for ledger: content_hash = OpenSSL::Digest.base64digest('SHA1', body)
# for azure-app-configuration: content_hash = OpenSSL::Digest.base64digest('SHA256', body)
# for sinch-voice-v2: content_hash = OpenSSL::Digest.base64digest('MD5', body)
# for ledger: content_hash = OpenSSL::Digest.hexdigest('SHA1', body)
content_hash = OpenSSL::Digest.hexdigest('SHA512', body)
# step string-to-sign
# wrong url/scheme for postcard: string_to_sign = "http://hooks.example.com/voice?a=1\n#{content_hash}"
# for azure-app-configuration: string_to_sign = "#{method}\n#{target}\n#{date};#{host};#{content_hash}"
# for sinch-voice-v2: string_to_sign = "#{method}\n#{content_hash}\n#{content_type}\nx-timestamp:#{date}\n#{path}"
# for sinch-webhook: string_to_sign = "#{body}.#{x_sinch_webhook_signature_nonce}.#{date}"
# for sinch-numbers: string_to_sign = body
# for ledger: string_to_sign = [method, path, query, host, content_length, x_nonce, date, content_hash].join("\n")
string_to_sign = "https://hooks.example.com/voice?a=1\n#{content_hash}"
# step signature
# wrong digest/encoding for ledger: signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA512', key, string_to_sign))
# for sinch-numbers: signature = OpenSSL::HMAC.hexdigest('SHA1', key, string_to_sign)
# for ledger: signature = OpenSSL::HMAC.hexdigest('SHA512', key, string_to_sign)
# for postcard: signature = Base64.strict_encode64(OpenSSL::HMAC.digest('MD5', key, string_to_sign))
signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', key, string_to_sign))
# step signed-headers
signed_headers = 'x-ms-date;host;x-ms-content-sha256'
# step authorization
# for azure-app-configuration: request['authorization'] = "HMAC-SHA256 Credential=#{key_id}&SignedHeaders=#{signed_headers}&Signature=#{signature}"
# for sinch-voice-v2: request['authorization'] = "service #{key_id}:#{signature}"
# for sinch-webhook: request['x-sinch-webhook-signature'] = signature
# for sinch-numbers: request['x-sinch-signature'] = signature
# for ledger: request['authorization'] = "Ledger key=#{key_id},mac=#{signature}"
request['x-postcard'] = signature
# step send-date
# for azure-app-configuration: request['x-ms-date'] = date
# for sinch-webhook: request['x-sinch-webhook-signature-timestamp'] = date
# for ledger: request['x-time'] = date
request['x-timestamp'] = date
# step send-content-hash
# for azure-app-configuration: request['x-ms-content-sha256'] = content_hash
request['x-body-sha1'] = content_hash
# step send-x-nonce
# wrong header/changed-in-transit for ledger: request['x-nonce'] = x_nonce.upcase
request['x-nonce'] = x_nonce
# step send-x-sinch-webhook-signature-nonce
request['x-sinch-webhook-signature-nonce'] = x_sinch_webhook_signature_nonce
# step send-content-type
request['Content-Type'] = content_type
# step send
request['x-case'] = 'CASE'
request.body = body
Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
