/** A host and a port as a URL has them. */
export const toAuthority = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;
