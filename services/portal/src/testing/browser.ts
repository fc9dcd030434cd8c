/** An answer with its body read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  location: string | null;
}

/** As much of a browser as sign-in needs: keeps cookies, sends their origin, follows redirects when told to. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string }>();

  constructor(
    readonly origin: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Sends a form as a page of the same site does. */
  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, new URLSearchParams(fields), { origin: this.origin, ...headers });
  }

  /** Calls an API as the script of a page does. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      accept: 'application/json',
      origin: this.origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
  }

  /** Follows redirects, by GET, until there is a page. */
  async follow(answer: Answer): Promise<Answer & { url: string }> {
    let last = answer;
    let url = this.origin;
    for (let hops = 0; last.location !== null && hops < 12; hops += 1) {
      url = new URL(last.location, url).href;
      last = await this.get(url);
    }
    return { ...last, url };
  }

  private async send(
    method: string,
    path: string,
    body: string | URLSearchParams | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const url = new URL(path, this.origin);
    const cookie = [...this.cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      method,
      body,
      redirect: 'manual',
      headers: { accept: 'text/html', ...this.headers, ...(cookie ? { cookie } : {}), ...headers },
    });
    for (const set of response.headers.getSetCookie()) this.keep(set);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get('location'),
    };
  }

  private keep(set: string): void {
    const [pair = '', ...attributes] = set.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const attribute = (key: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const over =
      attribute('max-age') === '0' || new Date(attribute('expires') ?? '2999-01-01').getTime() < Date.now();
    if (over || value === '') this.cookies.delete(name);
    else this.cookies.set(name, { value, path: attribute('path') ?? '/' });
  }
}

/** Value of a hidden field of a page. */
export function hiddenField(page: string, name: string): string {
  const value = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(page)?.[1];
  if (value === undefined) throw new Error(`The page has no hidden field ${name}:\n${page}`);
  return value;
}
