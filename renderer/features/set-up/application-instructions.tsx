// The application's own instructions: what to do there, step by step, and what is known of its calls.
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { Application } from '#contract';
import { text } from '../../text/en.ts';
import { ApplicationFacts } from '../new-data-source/application-facts.tsx';
import classes from './application-instructions.module.css';

interface ApplicationInstructionsProps {
  application: Application;
  /** Between what to do and what is known. */
  children?: ReactNode;
}

export function ApplicationInstructions({ application, children }: ApplicationInstructionsProps) {
  const steps = application.steps.map((step, at) => ({ ...step, at }));
  return (
    <>
      <section>
        <h2 className={classes.title}>{text.setUp.inApplication(application.name)}</h2>
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step.at} className={classes.step} data-paste={step.pastesUrl ?? false}>
              <span>{step.text}</span>
              {step.menu && step.menu.length > 0 && <MenuPath menu={step.menu} />}
            </li>
          ))}
        </ol>
      </section>
      {children}
      <section>
        <h2 className={classes.title}>{text.newDataSource.known}</h2>
        <ApplicationFacts application={application} />
      </section>
    </>
  );
}

function MenuPath({ menu }: { menu: readonly string[] }) {
  const parts = menu.map((name, at) => ({ name, at }));
  return (
    <span className={classes.menu}>
      {parts.map(({ name, at }) => (
        <Fragment key={at}>
          {at > 0 && <IconChevronRight size={12} aria-hidden />}
          <span className={classes.place}>{name}</span>
        </Fragment>
      ))}
    </span>
  );
}

/** What a custom source takes, where no application's instructions exist. */
export function CustomInstructions() {
  return (
    <section>
      <h2 className={classes.title}>{text.setUp.inAnyApplication}</h2>
      <ol className={classes.steps}>
        {text.setUp.customSteps.map((step) => (
          <li key={step} className={classes.step}>
            {step}
          </li>
        ))}
      </ol>
    </section>
  );
}
