/** A sign in an error, what is said of it, and what to do. */
export type Words = readonly (readonly [sign: RegExp, why: string | undefined, hint?: string])[];

const another = "Name a certificate that it accepts as `cert` in the broker's URL, and its key as `key`.";

/** The other side broke off the handshake. The numbers are those of TLS; the names that stand beside them are OpenSSL's, and change. */
export const tlsRefusals: Words = [
  [
    /SSL alert number 116\b/,
    "it asks for a client's certificate",
    "Name one as `cert` in the broker's URL, and its key as `key`.",
  ],
  [/SSL alert number 48\b/, "it does not trust the authority of the client's certificate", another],
  [/SSL alert number 45\b/, "the client's certificate has expired", "Renew the `cert` of the broker's URL."],
  [/SSL alert number 4[2346]\b/, "it does not accept the client's certificate", another],
  [
    /SSL alert number 40\b/, // TLS 1.2 has no number of its own for it
    "it breaks off the TLS handshake, as one that asks for a client's certificate does",
    "Name one as `cert` in the broker's URL, and its key as `key`.",
  ],
];

/** This side broke it off. */
export const tlsTroubles: Words = [
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/,
    "its certificate is of an authority that is not trusted here",
    "Name the file with the authority's certificate as `ca` in the broker's URL.",
  ],
  [/ERR_TLS_CERT_ALTNAME/, "its certificate is for another host", "Name the host as its certificate does."],
  [/CERT_HAS_EXPIRED/, "its certificate has expired", "Renew it."],
];
