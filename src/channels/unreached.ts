// Failures before a byte of a request could leave: name, route, door, or certificate. After any other it may have been done.

const NEVER_LEFT = new Set(
  'ENOTFOUND EAI_AGAIN ECONNREFUSED EHOSTUNREACH ENETUNREACH EPROTO CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY ERR_TLS_CERT_ALTNAME_INVALID UND_ERR_CONNECT_TIMEOUT'.split(
    ' ',
  ),
)

export function neverLeft(code: string): boolean {
  return NEVER_LEFT.has(code)
}
