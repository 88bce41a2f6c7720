// The way through the whole product: a call of one application comes in, a module makes a call of another go out, the program is killed
// in between, and the run shows both tries. A Base Url that cannot be called is not saved, and the screen says why.
import { expect, test } from '@playwright/test';
import { askToWait, startFailingServer } from '../harness/failing-server.ts';
import { startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

type Created = { dataSource: { id: string; connections: { id: string; localUrl: string }[] } };

test('Mailchimp subscribes, the CRM is told, over a kill', async ({ page }) => {
  const crm = await startFailingServer();
  const dataDir = newDataDir();
  let program = await startProgram({ dataDir });
  const call = async <T>(name: string, input: object): Promise<T> => (await program.api(name, input)) as T;
  try {
    const { dataSource: newsletter } = await call<Created>('dataSources.create', {
      kind: 'cloudApplication',
      applicationId: 'mailchimp',
      name: 'Newsletter',
    });
    await call('mapping.save', {
      dataSourceId: newsletter.id,
      mapping: {
        id: 'data.id',
        title: 'data.email',
        fields: [{ name: 'name', path: 'data.merges.FNAME', type: 'text' }],
      },
    });
    const { dataSource: target } = await call<Created>('dataSources.create', { kind: 'custom', name: 'CRM' });

    // A wrong Base Url in the set-up window: why it is refused, and nothing is saved.
    await page.goto(program.url);
    await page.getByRole('contentinfo').waitFor();
    await page.goto(`${new URL(program.url).origin}/data-sources/${target.id}/connections`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('tab', { name: 'Outgoing Configuration' }).click();
    await page.getByRole('textbox', { name: 'Base Url' }).fill('http://nobody.invalid');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/nobody\.invalid/).first()).toBeVisible();
    await expect(page.getByText('Passed')).toHaveCount(0);
    const connectionId = target.connections[0]?.id ?? '';
    expect(await call('connections.outgoing', { id: connectionId })).toEqual({});

    await call('connections.saveOutgoing', {
      id: connectionId,
      outgoing: {
        baseUrl: `${crm.url}/v1`,
        authorization: { kind: 'other', headers: [{ name: 'X-Team', value: 'secret-of-the-team' }] },
        allowedTargets: [`127.0.0.1:${crm.port}`],
      },
    });
    const { solution } = await call<{ solution: { id: string } }>('solutions.create', { name: 'Contacts' });
    for (const id of [newsletter.id, target.id]) {
      await call('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
    }
    const { module } = await call<{ module: { id: string } }>('modules.create', {
      solutionId: solution.id,
      enabled: true,
      module: {
        name: 'Tell the CRM',
        dataSourceId: newsletter.id,
        trigger: { kind: 'itemAdded' },
        conditions: {
          mode: 'all',
          conditions: [{ field: 'title', is: 'contains', value: '@EXAMPLE.', matchCase: false }],
        },
        fields: [],
        steps: [
          {
            id: 'one',
            dataSourceId: target.id,
            method: 'POST',
            path: '/contacts/{{ item.externalId }}',
            body: { kind: 'json', template: '{"name": {{ item.fields.name | json }}}' },
            stopOnFailure: true,
          },
        ],
      },
    });
    const probes = crm.calls.length;
    crm.next(askToWait(3));
    const { connections } = newsletter;
    for (const [id, email] of [
      ['a/b', 'zoe@example.com'],
      ['2', 'nobody@elsewhere.test'],
    ] as const) {
      const answer = await fetch(connections[0]?.localUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          type: 'subscribe',
          'data[id]': id,
          'data[email]': email,
          'data[merges][FNAME]': 'Zoë "Z"',
        }),
      });
      expect(answer.status).toBe(200);
    }
    await crm.waitFor(probes + 1);
    await expect
      .poll(async () => JSON.stringify(await call('deliveries.list', { moduleId: module.id })))
      .toContain('"lastStatus":503');
    await program.kill();
    program = await startProgram({ dataDir });
    await crm.waitFor(probes + 2);

    const [first, second, ...more] = crm.calls.slice(probes);
    expect(more).toEqual([]);
    expect(second?.body).toEqual(first?.body);
    expect(second?.text).toBe('{"name": "Zoë \\"Z\\""}');
    expect(second?.target).toBe('/v1/contacts/a%2Fb');
    expect(second?.header('x-team')).toBe('secret-of-the-team');
    expect(second?.header('idempotency-key')).toBe(first?.header('idempotency-key'));

    await page.goto(program.url);
    await page.getByRole('contentinfo').waitFor();
    await page.goto(`${new URL(program.url).origin}/modules/${module.id}/runs`);
    const runs = page.getByRole('grid', { name: 'Runs' });
    await runs.getByText('zoe@example.com').click();
    const run = page.getByRole('article', { name: 'Run' });
    await expect(run.getByText('Succeeded').first()).toBeVisible();
    await expect(run.getByText('Try 2', { exact: true })).toBeVisible();
    await expect(run.getByText('Answered 503', { exact: true })).toBeVisible();
    await expect(page.getByText('secret-of-the-team')).toHaveCount(0);
    await expect(runs.getByText('nobody@elsewhere.test')).toBeVisible();
  } finally {
    await program.kill();
    await crm.stop();
  }
});
