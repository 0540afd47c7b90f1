#!/usr/bin/env bash
# The life of an order at DigiCert, told with curl: place, approve, duplicate, approve, list, download, revoke, and what openssl
# says of the certificate then. Start the twin first, then give its address:
#
#   npx pnpm@12.21.0 mock-digicert --port 4010
#   examples/digicert-life.sh http://127.0.0.1:4010
#
# It takes bash, curl, openssl, awk and node, writes into a temporary folder only, and stops at the first surprise.
set -euo pipefail

twin=${1:-http://127.0.0.1:4010}
twin=${twin%/}
key=${DIGICERT_API_KEY:-MOCKKEYADMIN}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# call METHOD PATH [BODY]: the answer on standard output; a refusal ends the script with what was said.
call() {
  curl --silent --show-error --fail-with-body -X "$1" "$twin/services/v2$2" \
    -H "X-DC-DEVKEY: $key" -H 'Content-Type: application/json' ${3:+--data "$3"}
}
# value EXPRESSION: what a JSON answer holds there, for instance `.requests[0].id`.
value() { node -e 'console.log(eval(`JSON.parse(require("fs").readFileSync(0, "utf8"))${process.argv[1]}`))' "$1"; }
# request NAME: makes a key of its own and prints the body that asks for a certificate for it.
request() {
  openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj '/CN=life.example.com' 2>/dev/null
  node -e '
    const csr = require("fs").readFileSync(process.argv[1], "utf8")
    const certificate = { common_name: "life.example.com", dns_names: ["www.life.example.com"], csr, signature_hash: "sha256" }
    console.log(JSON.stringify({ certificate, organization: { id: 112233 }, validity_years: 1 }))' "$1.csr"
}

placed=$(call POST /order/certificate/ssl_multi_domain "$(request first)")
order=$(value .id <<<"$placed")
waiting=$(value '.requests[0].id' <<<"$placed")
echo "placed: order $order, request $waiting"

call PUT "/request/$waiting/status" '{"status":"approved","processor_comment":"Fine."}'
state=$(call GET "/order/certificate/$order" | value .status)
echo "approved: the order is $state"

duplicate=$(call POST "/order/certificate/$order/duplicate" "$(request second)")
waiting=$(value '.requests[0].id' <<<"$duplicate")
echo "duplicate: request $waiting"

call PUT "/request/$waiting/status" '{"status":"approved"}'
list=$(call GET "/order/certificate/$order/duplicate")
certificate=$(value '.certificates[0].id' <<<"$list")
state=$(value '.certificates[0].status' <<<"$list")
echo "listed: certificate $certificate is $state"

call GET "/certificate/$certificate/download/format/pem_all" >chain.pem
call GET "/certificate/$certificate/download/format/pem_nointermediate" >leaf.pem
call GET "/certificate/$certificate/download/format/p7b" >chain.p7b
count=$(grep -c BEGIN chain.pem)
packed=$(openssl pkcs7 -in chain.p7b -print_certs | grep -c BEGIN)
echo "downloaded: $count certificates, $packed of them in PKCS#7"
[ "$(openssl x509 -in leaf.pem -noout -pubkey)" = "$(openssl req -in second.csr -noout -pubkey)" ]
# Leaf, intermediate and root are in one file, in this order.
awk '/BEGIN/ { part = "part-0" n++ } { print > part }' chain.pem
verdict=$(openssl verify -CAfile part-02 -untrusted part-01 leaf.pem)
echo "verified: $verdict"

# revocation: fetches the list that the certificate names, and prints what openssl says with it.
revocation() {
  set -e # which a command in $() does not inherit
  local url
  url=$(openssl x509 -in leaf.pem -noout -ext crlDistributionPoints | sed -n 's/.*URI://p')
  curl --silent --show-error --fail "$url" --output list.der
  openssl crl -inform DER -in list.der -out list.pem
  openssl verify -crl_check -CRLfile list.pem -CAfile part-02 -untrusted part-01 leaf.pem 2>&1 | grep -o -e 'OK' -e 'certificate revoked' || true
}
# status: asks the responder that the certificate names.
status() {
  openssl ocsp -issuer part-01 -cert leaf.pem -url "$(openssl x509 -in leaf.pem -noout -ocsp_uri)" -CAfile part-02 -no_nonce 2>&1 |
    sed -n -e 's/^Response verify/responder:/p' -e 's/^leaf.pem/certificate/p'
}
verdict=$(revocation)
echo "before: the list says $verdict"
status

call PUT "/certificate/$certificate/revoke" '{"skip_approval":true,"revocation_reason":"superseded"}'
verdict=$(revocation)
echo "after: the list says $verdict"
status
