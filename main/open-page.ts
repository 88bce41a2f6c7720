// Opens the page in the user's browser, or prints its address where no browser can be opened.
import open from 'open';

/** Never rejects: a browser that cannot be opened is no reason to stop. */
export async function openPage(url: string): Promise<void> {
  const headless =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'] && !isWsl();
  if (headless) return tell(url, 'there is no display here');
  try {
    const child = await open(url);
    child.once('error', (error) => tell(url, error.message));
  } catch (error) {
    tell(url, error instanceof Error ? error.message : String(error));
  }
}

function isWsl(): boolean {
  return process.env['WSL_DISTRO_NAME'] !== undefined;
}

function tell(url: string, why: string): void {
  process.stderr.write(`No browser was opened (${why}). Open this address: ${url}\n`);
}
