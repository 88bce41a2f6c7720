// Which screen stands at which address. The data source's screens come in their own chunk.
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { EnterpriseComponents } from '../features/enterprise-components/enterprise-components.tsx';
import { NewCustomSourceWindow } from '../features/new-data-source/new-custom-source-window.tsx';
import { NewDataSourceWindow } from '../features/new-data-source/new-data-source-window.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { NotFound } from './not-found.tsx';
import { paths } from './paths.ts';
import { ScreenBoundary } from './screen-boundary.tsx';
import { ScreenLoading } from './screen-loading.tsx';

const SetUpWindow = lazy(async () => ({
  default: (await import('../features/set-up/set-up-window.tsx')).SetUpWindow,
}));
const DataSourceScreen = lazy(async () => ({
  default: (await import('../features/data-source/data-source-screen.tsx')).DataSourceScreen,
}));
const SolutionsScreen = lazy(async () => ({
  default: (await import('../features/solutions/solutions-screen.tsx')).SolutionsScreen,
}));
const SolutionScreen = lazy(async () => ({
  default: (await import('../features/solutions/solution-screen.tsx')).SolutionScreen,
}));
const ModuleScreen = lazy(async () => ({
  default: (await import('../features/modules/module-screen.tsx')).ModuleScreen,
}));
const NewModuleScreen = lazy(async () => ({
  default: (await import('../features/modules/new-module-screen.tsx')).NewModuleScreen,
}));
const DeliveriesScreen = lazy(async () => ({
  default: (await import('../features/deliveries/deliveries-screen.tsx')).DeliveriesScreen,
}));

const ReplayScreen = lazy(async () => ({
  default: (await import('../features/replay/replay-screen.tsx')).ReplayScreen,
}));
const JobScreen = lazy(async () => ({
  default: (await import('../features/replay/job-screen.tsx')).JobScreen,
}));
const CompareScreen = lazy(async () => ({
  default: (await import('../features/captures/compare-screen.tsx')).CompareScreen,
}));
const CapturesScreen = lazy(async () => ({
  default: (await import('../features/captures/captures-screen.tsx')).CapturesScreen,
}));

export function Routes() {
  const [location] = useLocation();
  return (
    <ScreenBoundary address={location}>
      <Suspense fallback={<ScreenLoading />}>
        <Switch>
          <Route path="/">
            <Redirect to={paths.enterpriseComponents} replace />
          </Route>
          <Route path={paths.enterpriseComponents}>
            <EnterpriseComponents />
          </Route>
          <Route path={paths.newCloudApplication}>
            <EnterpriseComponents />
            <NewDataSourceWindow />
          </Route>
          <Route path={paths.newCustomInternalApi}>
            <EnterpriseComponents />
            <NewCustomSourceWindow />
          </Route>
          <Route path={paths.newSpreadsheetsFiles}>
            <EnterpriseComponents />
            <NewDataSourceWindow file />
          </Route>
          <Route path="/data-sources/:id/set-up">
            <SetUpWindow />
          </Route>
          <Route path="/data-sources/:id/:section/:part?">
            <DataSourceScreen />
          </Route>
          <Route path={paths.compareCaptures}>
            <CompareScreen />
          </Route>
          <Route path={paths.captures}>
            <CapturesScreen />
          </Route>
          <Route path={paths.solutions}>
            <SolutionsScreen />
          </Route>
          <Route path="/solutions/:id/new-module">
            <NewModuleScreen />
          </Route>
          <Route path="/solutions/:id/:section">
            <SolutionScreen />
          </Route>
          <Route path="/modules/:id/:section">
            <ModuleScreen />
          </Route>
          <Route path={paths.deliveries}>
            <DeliveriesScreen />
          </Route>
          <Route path="/replay/jobs/:id">
            <JobScreen />
          </Route>
          <Route path="/replay/:part?">
            <ReplayScreen />
          </Route>
          <Route path={paths.settings}>
            <SettingsScreen />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ScreenBoundary>
  );
}
