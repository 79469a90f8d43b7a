# step environment
require 'base64'
require 'erb'
require 'json'
require 'net/http'
require 'openssl'
require 'time'

endpoint = ENV.fetch('ENDPOINT')
call_connection_id = ENV.fetch('CALL')
connection_string = ENV.fetch('CONNECTION_STRING')
text = "base64:#{ENV.fetch('SIGNING_SECRET')}"
template = '/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15'
path = template.sub('{{callConnectionId}}', call_connection_id)
data = { playSources: [{ kind: 'text', text: { text: 'Grüße', sourceLocale: 'de-DE', voiceKind: 'male' } }] }
body = data.to_json
# step url
# wrong url/path: url = "#{endpoint}/#{path}"
url = endpoint + path
# step request
uri = URI(url)
request = Net::HTTP::Post.new(uri)
request['Content-Type'] = 'application/json'
# step secret
secret = ENV.fetch('SIGNING_SECRET')
# step key
# wrong key/encoding: key = secret
key = Base64.decode64(secret)
# step method
# wrong method/case: method = 'post'
# wrong method/other: method = 'GET'
method = 'POST'
# step target
# wrong url/absolute: target = uri.to_s
# wrong url/query-omitted: target = uri.path
# wrong url/path-encoding: target = uri.request_uri.gsub(':', '%3A')
# wrong template/unresolved: target = template
target = path
# step host
# wrong url/host: host = endpoint
host = "#{uri.host}:#{uri.port}"
# step date
# wrong date/format: date = Time.now.iso8601
# wrong date/not-the-one-sent: date = Time.now.httpdate; request['x-ms-date'] = (Time.now + 1).httpdate
# wrong date/clock-skew: date = (Time.now - 7200).httpdate
date = Time.now.httpdate
# step content-hash
# wrong body/reserialized: content_hash = OpenSSL::Digest.base64digest('SHA256', JSON.pretty_generate(data))
# wrong body/missing: content_hash = OpenSSL::Digest.base64digest('SHA256', '')
# wrong body/charset: content_hash = OpenSSL::Digest.base64digest('SHA256', body.encode('ISO-8859-1'))
# wrong content-hash/encoding: content_hash = OpenSSL::Digest.hexdigest('SHA256', body)
# wrong content-hash/algorithm: content_hash = OpenSSL::Digest.base64digest('MD5', body)
content_hash = OpenSSL::Digest.base64digest('SHA256', body)
# step string-to-sign
# wrong layout/literal-newline: string_to_sign = [method, target, "#{date};#{host};#{content_hash}"].join('\n')
# wrong layout/newlines: string_to_sign = [method, target, "#{date};#{host};#{content_hash}"].join("\r\n")
# wrong layout/trailing-newline: string_to_sign = "#{method}\n#{target}\n#{date};#{host};#{content_hash}\n"
# wrong layout/order: string_to_sign = "#{method}\n#{target}\n#{host};#{date};#{content_hash}"
string_to_sign = "#{method}\n#{target}\n#{date};#{host};#{content_hash}"
# step signature
# wrong digest/encoding: signature = OpenSSL::HMAC.hexdigest('SHA256', key, string_to_sign)
# wrong digest/encoding: signature = Base64.strict_encode64(OpenSSL::HMAC.hexdigest('SHA256', key, string_to_sign))
# wrong digest/algorithm: signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA1', key, string_to_sign))
# wrong key/swapped-with-message: signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', string_to_sign, key))
signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', key, string_to_sign))
# step signed-headers
# wrong header/signed-set: signed_headers = 'host;x-ms-date;x-ms-content-sha256'
signed_headers = 'x-ms-date;host;x-ms-content-sha256'
# step authorization
# wrong header/authorization-syntax: request['Authorization'] = signature
request['Authorization'] = "HMAC-SHA256 SignedHeaders=#{signed_headers}&Signature=#{signature}"
# step send-date
# wrong header/signed-set: request['x-date'] = date
request['x-ms-date'] ||= date
# step send-content-hash
# wrong content-hash/not-sent: request['content-hash'] = content_hash
request['x-ms-content-sha256'] = content_hash
# step send
request['x-case'] = 'CASE'
request.body = body
Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
