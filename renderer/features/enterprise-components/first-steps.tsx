// The first thing a newcomer sees: what this is, the three steps, and the button that begins.
import { Button } from '@mantine/core';
import { IconBolt, IconListDetails, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { text } from '../../text/en.ts';
import styles from './first-steps.module.css';

const words = text.enterpriseComponents;
const stepIcons = [IconPlus, IconWebhook, IconListDetails];
/** A few that most people know; what the catalog does not hold is not shown. */
const shownFirst = ['mailchimp', 'github', 'stripe', 'shopify', 'hubspot', 'jira', 'zoom'];

export function FirstSteps() {
  const [, navigate] = useLocation();
  const catalog = useCall('applications.list', {});
  const known = new Map(catalog.data?.applications.map((application) => [application.id, application]));
  const applications = shownFirst
    .map((id) => known.get(id))
    .filter((application) => application !== undefined);
  return (
    <div className={styles.page}>
      <section className={styles.hero}>
        <div className={styles.brands} aria-hidden>
          {applications.map((application) => (
            <BrandIcon key={application.id} icon={application.icon} name={application.name} size={40} />
          ))}
          <span className={styles.flow} />
          <span className={styles.mark}>
            <IconBolt size={24} stroke={1.8} />
          </span>
        </div>
        <h1 className={styles.title}>{words.emptyTitle}</h1>
        <p className={styles.about}>{words.emptyAbout}</p>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => navigate(paths.newCloudApplication)}
        >
          {words.emptyAction}
        </Button>
      </section>
      <ol className={styles.steps}>
        {words.emptySteps.map((step, index) => {
          const Icon = stepIcons[index] ?? IconPlus;
          return (
            <li key={step.title} className={styles.step}>
              <span className={styles.stepIcon}>
                <Icon size={18} stroke={1.8} aria-hidden />
              </span>
              <span className={styles.number}>{index + 1}</span>
              <h2 className={styles.stepTitle}>{step.title}</h2>
              <p className={styles.stepAbout}>{step.about}</p>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
