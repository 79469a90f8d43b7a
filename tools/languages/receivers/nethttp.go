package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

var _ = []any{json.Marshal, io.ReadAll, strings.SplitN}

func CASE() {
	handler := func(w http.ResponseWriter, r *http.Request) {
		// step body
		// wrong body/reserialized: var data any; err := json.NewDecoder(r.Body).Decode(&data); body, _ := json.Marshal(data)
		body, err := io.ReadAll(r.Body)
		// step path
		// wrong url/path-encoding: path := r.URL.Path
		path := "/hooks/caf%C3%A9"
		// step target
		// wrong url/path-encoding: target := r.URL.Path + "?" + r.URL.RawQuery
		target := "/hooks/caf%C3%A9?x=1&y=a%20b"
		// step content-type
		// wrong header/content-type: contentType := "application/json"
		contentType := "application/json; charset=utf-8"
		// step verify
		sum := md5.Sum(body)
		hash := base64.StdEncoding.EncodeToString(sum[:])
		text := strings.Join([]string{r.Method, hash, contentType, r.Header.Get("x-timestamp"), path, target}, "\n")
		key, _ := base64.StdEncoding.DecodeString(os.Getenv("SIGNING_SECRET"))
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(text))
		signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		if err == nil && r.Header.Get("authorization") == "delivery app:"+signature {
			w.WriteHeader(204)
			return
		}
		w.WriteHeader(401)
		io.WriteString(w, text)
	}
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(listener, http.HandlerFunc(handler))
	fmt.Println("CASE", listener.Addr().(*net.TCPAddr).Port)
}
