// Brings the file of a download ticket to the user: through the shell's save dialog in the desktop window, else as a download
// of the browser from the host that gave the page.

/** Resolves to whether it was begun: false where the user closed the dialog. */
export async function saveDownload(ticket: string, fileName: string): Promise<boolean> {
  if (window.hookbench) return await window.hookbench.saveDownload(ticket, fileName);
  const link = document.createElement('a');
  link.href = `/download/${encodeURIComponent(ticket)}`;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}
