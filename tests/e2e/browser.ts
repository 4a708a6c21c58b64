import { chromium, type Browser, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { findBrowser } from '../../scripts/setup.mjs';

export const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** Starts the system's Chromium, headless. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? undefined, args: flags });
}

export interface Visit {
  page: Page;
  /** Requests to another origin, and errors the page printed or threw: both must stay empty. */
  foreign: string[];
  errors: string[];
  close(): Promise<void>;
}

/** Opens the page in a fresh profile and waits until its dataset is open and nothing is running. */
export async function visit(
  browser: Browser,
  query = '',
  options: { width?: number; height?: number; theme?: 'light' | 'dark'; wait?: boolean } = {},
): Promise<Visit> {
  const origin = inject('origin');
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 1000 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) foreign.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${origin}/${query}`);
  if (options.wait !== false) await idle(page);
  return { page, foreign, errors, close: () => context.close() };
}

/** Waits until the page's own surface says that nothing is running. */
export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => 'siftbook' in globalThis, undefined, { timeout: 60_000 });
  await page.evaluate(async () => {
    await siftbook.ready;
    await siftbook.idle();
  });
}

/** Gives the page a theme and a language, as its user would, and waits until it is drawn. */
export async function dress(page: Page, theme: 'light' | 'dark', lang: string): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  if ((await page.evaluate(() => document.documentElement.lang.slice(0, 2))) !== lang)
    await page.getByRole('button', { name: lang === 'zh' ? '中文' : 'EN', exact: true }).click();
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
    await document.fonts.ready;
  });
  await idle(page);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}
