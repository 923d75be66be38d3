/** The server that takes mail from here, as `SMTP_URL` names it. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (smtps:); else by STARTTLS. */
  is_secure: boolean;
  /** Whether it is on this machine, so that nothing crosses a network. */
  is_loopback: boolean;
  /** Undefined where the server asks for none. */
  login: { user: string; pass: string } | undefined;
}

/** The port for mail that is handed in, and that of the same with TLS from the first byte (RFC 8314). */
const SUBMISSION_PORT = 587;
const SECURE_PORT = 465;

/** Reads `smtp://user:password@mail.example.org:587`; undefined where it is no such address. */
export function readSmtpUrl(text: string): SmtpServer | undefined {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash) return undefined;
  const is_secure = url.protocol === 'smtps:';
  const user = decoded(url.username);
  const pass = decoded(url.password);
  if (user === undefined || pass === undefined || (user === '' && pass !== '')) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (is_secure ? SECURE_PORT : SUBMISSION_PORT) : Number(url.port),
    is_secure,
    is_loopback: host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host),
    login: user === '' ? undefined : { user, pass },
  };
}

/** Undefined for a stray %: passwords hold any sign, and must be written as addresses write them. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
