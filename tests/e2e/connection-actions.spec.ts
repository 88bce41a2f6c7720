// Actions of a data source and which solutions may use it, played in a real browser against the real program and a real second server.
import { expect, test } from '@playwright/test';
import { headerOf } from '../harness/second-server.ts';
import {
  createSource,
  expectNoViolations,
  open,
  picture,
  prepareConnections,
  program,
  server,
} from './connections-stage.ts';

prepareConnections();

test('Solutions Access: given, shown what stops, taken away', async ({ page }) => {
  const { id } = await createSource('Warehouse');
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/solutions-access`);
  await expect(page.getByText('No solutions yet')).toBeVisible();
  await page.getByRole('button', { name: 'Create a solution' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Order desk');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const access = page.getByRole('switch', { name: 'Access of Order desk' });
  await expect(access).toBeChecked();
  const { solutions } = (await program.api('solutions.list', {})) as unknown as {
    solutions: { id: string }[];
  };
  await program.api('modules.create', {
    solutionId: solutions[0]?.id,
    enabled: true,
    module: {
      name: 'Tell the warehouse',
      dataSourceId: id,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [],
    },
  });
  await expect(page.getByText('1 module uses this data source, 1 of them on.')).toBeVisible();
  await access.click({ force: true });
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Tell the warehouse');
  await expect(access).toBeChecked();
  await expectNoViolations(page);
  await question.getByRole('button', { name: 'Take access away' }).click();
  await expect(access).not.toBeChecked();
  await expect(page.getByText('1 module is blocked until access is given back.')).toBeVisible();
  expect(faults).toEqual([]);
});

test('an action is filled from a cURL command, previewed on an item, tried, saved, deleted and brought back', async ({
  page,
}) => {
  const { id, connectionId, inboundUrl } = await createSource('Warehouse');
  server.answer((_call, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"data":{"id":12345678901234567890}}');
  });
  await program.api('connections.saveOutgoing', {
    id: connectionId,
    outgoing: {
      baseUrl: `${server.url}/v1`,
      authorization: { kind: 'other', headers: [{ name: 'X-Api-Key', value: 'never-on-the-screen' }] },
      allowedTargets: [server.target],
    },
  });
  await fetch(inboundUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'p/1', title: 'Ada', plan: 'gold "x"' }),
  });
  await program.api('mapping.save', {
    dataSourceId: id,
    mapping: { id: 'id', title: 'title', fields: [{ name: 'plan', path: 'plan', type: 'text' }] },
  });
  const faults = await open(page);
  await page.goto(`${program.control}/data-sources/${id}/actions`);
  await page.getByRole('button', { name: 'New HTTP Custom Action' }).click();
  const window = page.getByRole('dialog').first();
  const preview = window.getByRole('region', { name: 'Preview' });
  const body = window.locator('[data-language="json"]');

  await test.step('a cURL command fills the form and says what it left out', async () => {
    await page.getByRole('button', { name: 'Paste a cURL command' }).click();
    await page
      .getByRole('textbox', { name: 'cURL command' })
      .fill(
        `curl -X PUT '${server.url}/v1/contacts/1?notify=1' -H 'Authorization: Bearer abc' --json '{"a":1}'`,
      );
    await page.getByRole('button', { name: 'Fill the form' }).click();
    await expect(window.getByText('Authorization was left out', { exact: false })).toBeVisible();
    await expect(preview).toContainText(`PUT ${server.url}/v1/contacts/1?notify=1`);
  });

  await test.step('fields are completed and inserted; the preview shows the request; faults stand at their place', async () => {
    await window.getByRole('textbox', { name: 'Name', exact: true }).fill('Update a contact');
    await window.getByText('Updating', { exact: true }).click();
    const path = window.getByRole('textbox', { name: 'Path', exact: true });
    await path.press('ControlOrMeta+a');
    await path.pressSequentially('/contacts/{{ item.ext');
    await page.getByRole('option', { name: /item\.externalId/ }).waitFor();
    // Esc closes the list only.
    await page.keyboard.press('Escape');
    await expect(page.locator('.cm-tooltip-autocomplete')).toHaveCount(0);
    await expect(window).toBeVisible();
    await path.pressSequentially('ernalId }}');
    // A value never breaks out of its segment.
    await expect(preview).toContainText(`${server.url}/v1/contacts/p%2F1?notify=1`);
    await body.press('ControlOrMeta+a');
    await body.pressSequentially('{"plan": oops}');
    await expect(body).toHaveAttribute('aria-invalid', 'true');
    await expect(window.getByRole('button', { name: 'Try it' })).toBeDisabled();
    await body.press('ControlOrMeta+a');
    await body.pressSequentially('{"plan": ');
    await window.getByRole('button', { name: 'Insert a field into Body' }).click();
    await page.getByRole('option', { name: /item\.fields\.plan/ }).click();
    await body.press('End');
    await body.pressSequentially('}');
    await expect(preview).toContainText('"plan": "gold \\"x\\""');
    await window.getByRole('button', { name: 'Add a field' }).click();
    await window.getByRole('textbox', { name: 'Answer field 1: field of the item' }).fill('Warehouse id');
    await window.getByRole('textbox', { name: 'Answer field 1: path in the answer' }).fill('data.id');
    // What is typed survives a reload.
    await page.reload();
    await expect(window.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Update a contact');
    await expect(body).toContainText('item.fields.plan');
  });

  await test.step('Try it sends exactly that, and shows what came back, digit for digit', async () => {
    const before = server.calls.length;
    await window.getByRole('button', { name: 'Try it' }).click();
    await expect(window.getByRole('region', { name: 'What would go back into the item' })).toContainText(
      '12345678901234567890',
    );
    const call = server.calls[before];
    expect(server.calls).toHaveLength(before + 1);
    expect([call?.method, call?.url, call?.body]).toEqual([
      'PUT',
      '/v1/contacts/p%2F1?notify=1',
      '{"plan": "gold \\"x\\""}',
    ]);
    expect(headerOf(call, 'x-api-key')).toBe('never-on-the-screen');
    await expect(window.getByRole('region', { name: 'Answer', exact: true })).toContainText('201');
    for (const headers of await window.locator('details > summary').all()) await headers.click();
    await expect(window).not.toContainText('never-on-the-screen');
    await picture(page, 'action-tried');
    await expectNoViolations(page);
  });

  await test.step('saved, deleted, brought back', async () => {
    await window.getByRole('button', { name: 'Create', exact: true }).click();
    const rows = page.getByRole('grid', { name: 'Actions' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('Update a contact');
    await rows.nth(1).click();
    await expect(page.getByRole('dialog', { name: 'Update a contact' })).toBeVisible();
    await window.getByRole('button', { name: 'Delete Update a contact' }).click();
    await expect(page.getByText('No actions yet')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows.nth(1)).toContainText('Update a contact');
  });
  expect(faults).toEqual([]);
});
