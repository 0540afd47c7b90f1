#!/usr/bin/env bash
# The life of a certificate at CDN Pro, told with curl and openssl: upload with an encrypted key, query the version, deploy it to
# staging and to production, add a version, deploy that, and delete what may be deleted. Start the twin first, then give its address:
#
#   npx pnpm@12.21.0 mock-cdnpro --port 4020 --generation current
#   examples/cdnpro-life.sh http://127.0.0.1:4020
#
# It takes bash, curl and openssl, writes into a temporary folder only, and stops at the first surprise.
set -euo pipefail

twin=${1:-http://127.0.0.1:4020}
twin=${twin%/}
user=${CDNPRO_USERNAME:-example_username}
key=${CDNPRO_API_KEY:-example_apiKey}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# sign: the date of the next request, and the password for it. The date is the twin's own, whose clock may be anywhere.
sign() {
  date=$(curl --silent --show-error --output /dev/null -D - "$twin/cdn/certificates" | tr -d '\r' | sed -n 's/^[Dd]ate: //p')
  password=$(printf %s "$date" | openssl dgst -sha1 -hmac "$key" -binary | openssl enc -base64)
}
# send METHOD PATH [BODY]: a signed request; the answer on standard output, its headers in a file. A refusal ends the script.
send() {
  curl --silent --show-error --fail-with-body -X "$1" "$twin$2" -u "$user:$password" -D headers \
    -H "Date: $date" -H 'Content-Type: application/json' ${3:+--data "$3"}
}
call() {
  sign
  send "$@"
}
# refusal METHOD PATH: the code of the refusal that this request must meet.
refusal() {
  local answer
  if answer=$(call "$@" 2>/dev/null); then return 1; fi
  value code <<<"$answer"
}
# created: the end of the address of what the last request has made.
created() { tr -d '\r' <headers | sed -n 's|^[Ll]ocation: .*/\([^/]*\)$|\1|p'; }
# value NAME: what a member of a JSON answer holds.
value() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
# text FILE: a file as it stands in a text of JSON.
text() { awk '{ printf "%s\\n", $0 }' "$1"; }
# sealed FILE: a private key under the API key and the date of the request: AES-128-CBC by the two halves of an HMAC.
sealed() {
  local hmac
  hmac=$(printf %s "$date" | openssl dgst -sha256 -hmac "$key" | sed 's/.* //')
  openssl enc -aes-128-cbc -iv "${hmac:0:32}" -K "${hmac:32}" -base64 -A -in "$1"
}
# certify NAME SERIAL: a certificate of ninety days for the key.
certify() {
  openssl req -x509 -new -key life.key -out "$1" -days 90 -set_serial "$2" -subj '/C=DE/O=Example GmbH/CN=life.example.com' \
    -addext 'subjectAltName=DNS:life.example.com,DNS:*.life.example.com'
}
# submit TARGET ACTION: one action of a task, and then the patience until the task is over.
submit() {
  call POST /cdn/deploymentTasks "{\"target\":\"$1\",\"actions\":[$2]}"
  local task status=waiting
  task=$(created)
  until [ "$status" = succeeded ]; do
    [ "$status" != failed ]
    sleep "${POLL_SECONDS:-2}"
    status=$(call GET "/cdn/deploymentTasks/$task" | value status)
  done
}
# deploy VERSION TARGET FILE: makes a version live. A task that succeeded is not enough: what is live must be the file.
deploy() {
  local answer flag shown hash=-sha1
  submit "$2" "{\"action\":\"deploy_cert\",\"certificateId\":\"$certificate\",\"version\":$1}"
  answer=$(call GET "/cdn/certificates/$certificate/versions/$1")
  flag=$([ "$2" = staging ] && echo inStaging || echo inProduction)
  [ "$(value "$flag" <<<"$answer")" = true ]
  shown=$(value fingerprint <<<"$answer")
  [ "${#shown}" -eq 40 ] || hash=-sha256
  [ "$shown" = "$(openssl x509 -in "$3" -noout -fingerprint "$hash" | sed 's/.*=//' | tr -d : | tr A-F a-f)" ]
  echo "deployed: version $1 is live in $2"
}

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out life.key 2>/dev/null
certify first.pem 1001
certify second.pem 1002

sign
send POST /cdn/certificates "{\"name\":\"life\",\"newVersion\":{\"comments\":\"first\",\"certificate\":\"$(text first.pem)\",\"privateKey\":\"$(sealed life.key)\"}}"
certificate=$(created)
echo "uploaded: certificate $certificate"

version=$(call GET "/cdn/certificates/$certificate/versions/1")
echo "queried: version $(value version <<<"$version"), $(value algorithm <<<"$version") of $(value keyLength <<<"$version") bits, live in staging $(value inStaging <<<"$version")"

deploy 1 staging first.pem
deploy 1 production first.pem

# The key is carried over from the version before.
call PATCH "/cdn/certificates/$certificate" "{\"newVersion\":{\"comments\":\"second\",\"certificate\":\"$(text second.pem)\"}}"
echo "renewed: version $(created)"
deploy 2 production second.pem
version=$(call GET "/cdn/certificates/$certificate/versions/1")
echo "replaced: version 1 is live in staging $(value inStaging <<<"$version"), in production $(value inProduction <<<"$version")"

# Only what was never live anywhere may go.
call PATCH "/cdn/certificates/$certificate" "{\"newVersion\":{\"comments\":\"a mistake\",\"certificate\":\"$(text first.pem)\"}}"
call DELETE "/cdn/certificates/$certificate/versions/3" ||
  { echo 'Versions can be deleted in generation current alone: start the twin with --generation current.' >&2; exit 1; }
echo 'deleted: version 3, which was never live'
refused=$(refusal DELETE "/cdn/certificates/$certificate/versions/2")
echo "kept: version 2, $refused"
refused=$(refusal DELETE "/cdn/certificates/$certificate")
echo "kept: the certificate, $refused"

for target in staging production; do
  submit "$target" "{\"action\":\"remove_cert\",\"certificateId\":\"$certificate\"}"
done
call DELETE "/cdn/certificates/$certificate"
refused=$(refusal GET "/cdn/certificates/$certificate")
echo "deleted: the certificate, $refused"
