# step environment
require 'base64'
require 'net/http'
require 'openssl'
require 'time'

uri = URI("#{ENV.fetch('ENDPOINT')}/calling/v1/callouts")
key_id = ENV.fetch('KEY_ID')
key = Base64.decode64(ENV.fetch('SINCH_SECRET'))
number = '+14255550123'
template = '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}'
content_type = 'application/json'
method = 'POST'
path = '/calling/v1/callouts'
request = Net::HTTP::Post.new(uri)
# step body
# wrong template/unresolved: body = template
body = template.sub('{{number}}', number)
# step date
# wrong date/unit: date = (Time.now.to_f * 1000).to_i.to_s
# wrong date/format: date = Time.now.httpdate
date = Time.now.utc.iso8601(3)
# step content-hash
# wrong content-hash/algorithm: content_hash = OpenSSL::Digest.base64digest('SHA256', body)
content_hash = OpenSSL::Digest.base64digest('MD5', body)
# step string-to-sign
# wrong layout/part-missing: string_to_sign = [method, content_hash, content_type, date, path].join("\n")
string_to_sign = [method, content_hash, content_type, "x-timestamp:#{date}", path].join("\n")
# step signature
# wrong digest/encoding: signature = OpenSSL::HMAC.hexdigest('SHA256', key, string_to_sign)
signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', key, string_to_sign))
# step send-content-type
# wrong header/content-type: request['Content-Type'] = "#{content_type}; charset=utf-8"
request['Content-Type'] = content_type
# step authorization
# wrong key/id: request['authorization'] = "application {#{key_id.upcase}}:#{signature}"
request['authorization'] = "application #{key_id}:#{signature}"
# step send-date
request['x-timestamp'] = date
# step send
request['x-case'] = 'CASE'
request.body = body.sub('{{number}}', number)
Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
