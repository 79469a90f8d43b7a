package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

// Go refuses imports that a program does not use, and each program uses some.
var _ = []any{md5.New, sha1.New, hex.EncodeToString, json.Marshal, regexp.MustCompile, url.PathEscape, strings.ToUpper}

func CASE() {
	// step environment
	endpoint, connectionString := os.Getenv("ENDPOINT"), os.Getenv("CONNECTION_STRING")
	callConnectionId := os.Getenv("CALL")
	text := "base64:" + os.Getenv("SIGNING_SECRET")
	template := "/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15"
	path := strings.Replace(template, "{{callConnectionId}}", callConnectionId, 1)
	body := []byte(`{"playSources":[{"kind":"text","text":{"text":"Grüße","sourceLocale":"de-DE","voiceKind":"male"}}]}`)
	// step url
	// wrong url/path: rawURL := endpoint + "/" + path
	rawURL := endpoint + path
	// step request
	req, _ := http.NewRequest("POST", rawURL, bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	// step secret
	// wrong key/encoding: secret := connectionString
	secret := os.Getenv("SIGNING_SECRET")
	// step key
	// wrong key/encoding: key := []byte(secret)
	key, _ := base64.StdEncoding.DecodeString(secret)
	// step method
	// wrong method/case: method := strings.ToLower(req.Method)
	// wrong method/other: method := "GET"
	method := req.Method
	// step target
	// wrong url/absolute: target := req.URL.String()
	// wrong url/query-omitted: target := req.URL.Path
	// wrong url/path-encoding: target := strings.Replace(req.URL.RequestURI(), ":", "%3A", 1)
	// wrong template/unresolved: target := template
	target := path
	// step host
	// wrong url/host: host := endpoint
	host := req.URL.Host
	// step date
	// wrong date/format: date := time.Now().UTC().Format(time.RFC3339)
	// wrong date/format: date := time.Now().UTC().Format(time.RFC1123)
	// wrong date/clock-skew: date := time.Now().UTC().Add(-2 * time.Hour).Format(http.TimeFormat)
	date := time.Now().UTC().Format(http.TimeFormat)
	// step content-hash
	// wrong body/reserialized: var data any; _ = json.Unmarshal(body, &data); again, _ := json.MarshalIndent(data, "", "  "); sum := sha256.Sum256(again); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// wrong body/missing: sum := sha256.Sum256(nil); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// wrong body/newlines: sum := sha256.Sum256(append(body, 10)); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// wrong content-hash/encoding: sum := sha256.Sum256(body); contentHash := hex.EncodeToString(sum[:])
	// wrong content-hash/algorithm: sum := md5.Sum(body); contentHash := base64.StdEncoding.EncodeToString(sum[:])
	sum := sha256.Sum256(body)
	contentHash := base64.StdEncoding.EncodeToString(sum[:])
	// step string-to-sign
	// wrong layout/literal-newline: stringToSign := method + `\n` + target + `\n` + date + ";" + host + ";" + contentHash
	// wrong layout/newlines: stringToSign := method + "\r\n" + target + "\r\n" + date + ";" + host + ";" + contentHash
	// wrong layout/trailing-newline: stringToSign := method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash + "\n"
	// wrong layout/order: stringToSign := method + "\n" + target + "\n" + host + ";" + date + ";" + contentHash
	stringToSign := method + "\n" + target + "\n" + date + ";" + host + ";" + contentHash
	// step signature
	// wrong digest/encoding: mac := hmac.New(sha256.New, key); mac.Write([]byte(stringToSign)); signature := hex.EncodeToString(mac.Sum(nil))
	// wrong digest/encoding: mac := hmac.New(sha256.New, key); mac.Write([]byte(stringToSign)); signature := base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	// wrong digest/algorithm: mac := hmac.New(sha1.New, key); mac.Write([]byte(stringToSign)); signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// wrong key/swapped-with-message: mac := hmac.New(sha256.New, []byte(stringToSign)); mac.Write(key); signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(stringToSign))
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// step signed-headers
	// wrong header/signed-set: signedHeaders := "host;x-ms-date;x-ms-content-sha256"
	signedHeaders := "x-ms-date;host;x-ms-content-sha256"
	// step authorization
	// wrong header/authorization-syntax: req.Header.Set("Authorization", signature)
	req.Header.Set("Authorization", "HMAC-SHA256 SignedHeaders="+signedHeaders+"&Signature="+signature)
	// step send-date
	// wrong header/signed-set: req.Header.Set("x-date", date)
	req.Header.Set("x-ms-date", date)
	// step send-content-hash
	// wrong content-hash/not-sent: req.Header.Set("content-hash", contentHash)
	req.Header.Set("x-ms-content-sha256", contentHash)
	// step send
	req.Header.Set("x-case", "CASE")
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
	_, _, _, _, _, _ = connectionString, text, secret, key, stringToSign, signedHeaders
	_, _, _, _, _ = method, target, host, date, contentHash
}
