import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import { tag, type Html } from './html';

interface Contents {
  title: string;
  /** The type of its panel. */
  view: string;
  main: Html[];
  /** In `media/`. */
  styles: string[];
  /** In `dist/`. */
  script: string;
  /** From where pictures may be loaded; from nowhere, where nothing is said. */
  images?: 'data:';
}

/** A page's document. Nothing but our own script and styles may be loaded, and from nowhere else. */
export function pageDocument(
  webview: Webview,
  extension: Uri,
  { title, view, main, styles, script, images }: Contents,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const of = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const policy = [
    ['default-src', "'none'"],
    ['style-src', webview.cspSource],
    ['script-src', ["'nonce", `${nonce}'`].join('-')],
    ...(images === undefined ? [] : [['img-src', images]]),
  ];
  const root = tag(
    'html',
    { lang: env.language },
    tag(
      'head',
      {},
      tag('meta', { charset: 'utf-8' }),
      tag('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: policy.map((one) => one.join(' ')).join('; '),
      }),
      tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      tag('title', {}, title),
      ...styles.map((style) => tag('link', { rel: 'stylesheet', href: of('media', style) })),
    ),
    tag(
      'body',
      { class: view.replace('.', '-') },
      tag('main', {}, ...main),
      tag('script', { nonce, src: of('dist', script) }),
    ),
  );
  return [doctype, root.text].join('');
}

const doctype = ['<!DOCTYPE', 'html>'].join(' ');
