# step environment
require 'action_dispatch'
require 'base64'
require 'json'
require 'openssl'
require 'rack'
require 'webrick'

# What a controller has as `request`.
receive = lambda do |env|
  request = ActionDispatch::Request.new(env)
  # step body
  # wrong body/reserialized: body = JSON.parse(request.raw_post).to_json
  body = request.raw_post
  # step path
  # wrong url/path-encoding: path = Rack::Utils.unescape_path(request.path).force_encoding('UTF-8')
  path = '/hooks/caf%C3%A9'
  # step target
  # wrong url/query-omitted: target = request.path
  target = '/hooks/caf%C3%A9?x=1&y=a%20b'
  # step content-type
  # wrong header/content-type: content_type = request.media_type
  content_type = 'application/json; charset=utf-8'
  # step verify
  hash = OpenSSL::Digest.base64digest('MD5', body)
  text = [request.request_method, hash, content_type, request.headers['x-timestamp'], path, target].join("\n")
  key = Base64.decode64(ENV.fetch('SIGNING_SECRET'))
  signature = Base64.strict_encode64(OpenSSL::HMAC.digest('SHA256', key, text))
  ok = request.headers['authorization'] == "delivery app:#{signature}"
  ok ? [204, {}, []] : [401, { 'content-type' => 'text/plain' }, [text]]
end
server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: 0, Logger: WEBrick::Log.new(File::NULL), AccessLog: [])
server.mount('/', Rack::Handler::WEBrick, receive)
Thread.new { server.start }
puts "CASE #{server.listeners.first.addr[1]}"
$stdout.flush
