<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Deploy</name>
    <message numerus="yes">
        <source>%n instances are replaced</source>
        <translation>
            <numerusform>%n instance is replaced</numerusform>
            <numerusform>%n instances are replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instances are being replaced</source>
        <translation>
            <numerusform>%n instance is being replaced</numerusform>
            <numerusform>%n instances are being replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instances were replaced</source>
        <translation>
            <numerusform>%n instance was replaced</numerusform>
            <numerusform>%n instances were replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message numerus="yes">
        <source>%n instances</source>
        <comment>a number of running instances</comment>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests</source>
        <comment>a number of waiting requests</comment>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests waiting</source>
        <translation>
            <numerusform>%n request waiting</numerusform>
            <numerusform>%n requests waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LoadTexts</name>
    <message numerus="yes">
        <source>%n instances reached</source>
        <translation>
            <numerusform>%n instance reached</numerusform>
            <numerusform>%n instances reached</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaletteTexts</name>
    <message numerus="yes">
        <source>in %n groups</source>
        <translation>
            <numerusform>in %n group</numerusform>
            <numerusform>in %n groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pools</name>
    <message numerus="yes">
        <source>%n runtimes of %1 with %2 MB are kept ready.</source>
        <translation>
            <numerusform>%n runtime of %1 with %2 MB is kept ready.</numerusform>
            <numerusform>%n runtimes of %1 with %2 MB are kept ready.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PoolsModel</name>
    <message numerus="yes">
        <source>%n idle</source>
        <translation>
            <numerusform>%n idle</numerusform>
            <numerusform>%n idle</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message numerus="yes">
        <source>%1 keeps %n instances ready: %2 (%3).</source>
        <translation>
            <numerusform>%1 keeps %n instance ready: %2 (%3).</numerusform>
            <numerusform>%1 keeps %n instances ready: %2 (%3).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 goes: it kept %n instances ready, %2 (%3).</source>
        <translation>
            <numerusform>%1 goes: it kept %n instance ready, %2 (%3).</numerusform>
            <numerusform>%1 goes: it kept %n instances ready, %2 (%3).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message numerus="yes">
        <source>%1 was not deployed to %n groups</source>
        <translation>
            <numerusform>%1 was not deployed to %n group</numerusform>
            <numerusform>%1 was not deployed to %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is deployed to %n groups</source>
        <translation>
            <numerusform>%1 is deployed to %n group</numerusform>
            <numerusform>%1 is deployed to %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undone: %n groups are as before</source>
        <translation>
            <numerusform>Undone: %n group is as before</numerusform>
            <numerusform>Undone: %n groups are as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups could not be put back</source>
        <translation>
            <numerusform>%n group could not be put back</numerusform>
            <numerusform>%n groups could not be put back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message numerus="yes">
        <source>%1 keeps %n runtimes ready: %2.</source>
        <translation>
            <numerusform>%1 keeps %n runtime ready: %2.</numerusform>
            <numerusform>%1 keeps %n runtimes ready: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 goes: it kept %n runtimes ready, %2.</source>
        <translation>
            <numerusform>%1 goes: it kept %n runtime ready, %2.</numerusform>
            <numerusform>%1 goes: it kept %n runtimes ready, %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::chart::ChartStack</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::AnswerTabs</name>
    <message numerus="yes">
        <source>%n earlier lines are on the page Logs</source>
        <translation>
            <numerusform>%n earlier line is on the page Logs</numerusform>
            <numerusform>%n earlier lines are on the page Logs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::CapacityLine</name>
    <message numerus="yes">
        <source>%1: %2 MB promised, %n instances</source>
        <translation>
            <numerusform>%1: %2 MB promised, %n instance</numerusform>
            <numerusform>%1: %2 MB promised, %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n versions wish for more than fit</source>
        <translation>
            <numerusform>%n version wishes for more than fit</numerusform>
            <numerusform>%n versions wish for more than fit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::CodeChanges</name>
    <message numerus="yes">
        <source>%n lines added, %1 removed</source>
        <translation>
            <numerusform>%n line added, %1 removed</numerusform>
            <numerusform>%n lines added, %1 removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more files differ and were not read.</source>
        <translation>
            <numerusform>%n more file differs and was not read.</numerusform>
            <numerusform>%n more files differ and were not read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::DecisionsPanel</name>
    <message numerus="yes">
        <source>%n decisions are hidden by the filter.</source>
        <translation>
            <numerusform>%n decision is hidden by the filter.</numerusform>
            <numerusform>%n decisions are hidden by the filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::DoneList</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::EventBar</name>
    <message numerus="yes">
        <source>%n saved</source>
        <translation>
            <numerusform>%n saved</numerusform>
            <numerusform>%n saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::FilesPreview</name>
    <message numerus="yes">
        <source>%n files, %1</source>
        <translation>
            <numerusform>%n file, %1</numerusform>
            <numerusform>%n files, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::GroupDialog</name>
    <message numerus="yes">
        <source>%n functions</source>
        <translation>
            <numerusform>%n function</numerusform>
            <numerusform>%n functions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete with %n functions</source>
        <translation>
            <numerusform>Delete with %n function</numerusform>
            <numerusform>Delete with %n functions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n functions run there; their deployments go with it.</source>
        <translation>
            <numerusform>%n function runs there; its deployment goes with it.</numerusform>
            <numerusform>%n functions run there; their deployments go with it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::InstancesTab</name>
    <message numerus="yes">
        <source>of them %n trials</source>
        <translation>
            <numerusform>of them %n trial</numerusform>
            <numerusform>of them %n trials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::JobsBinding</name>
    <message numerus="yes">
        <source>The local platform ended by itself %n times and was started again</source>
        <translation>
            <numerusform>The local platform ended by itself %n time and was started again</numerusform>
            <numerusform>The local platform ended by itself %n times and was started again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::LoadResults</name>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::LocalPanel</name>
    <message numerus="yes">
        <source>running, %n functions</source>
        <translation>
            <numerusform>running, %n function</numerusform>
            <numerusform>running, %n functions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::PoolEditor</name>
    <message numerus="yes">
        <source>%n changes</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::PoolsModel</name>
    <message numerus="yes">
        <source>%n starts came at once in the last ten minutes, so it keeps %1 ready instead of %2.</source>
        <translation>
            <numerusform>%n start came in the last ten minutes, so it keeps %1 ready instead of %2.</numerusform>
            <numerusform>%n starts came at once in the last ten minutes, so it keeps %1 ready instead of %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n starts of the last hour found none idle and booted their runtime.</source>
        <translation>
            <numerusform>%n start of the last hour found none idle and booted its runtime.</numerusform>
            <numerusform>%n starts of the last hour found none idle and booted their runtime.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its schedule keeps %n ready now (%1).</source>
        <translation>
            <numerusform>Its schedule keeps %n ready now (%1).</numerusform>
            <numerusform>Its schedule keeps %n ready now (%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::SettingsForm</name>
    <message numerus="yes">
        <source>&lt;b&gt;%n instances always run&lt;/b&gt;, also without a request. No request waits for a start until they are busy.</source>
        <translation>
            <numerusform>&lt;b&gt;One instance always runs&lt;/b&gt;, also without a request. No request waits for a start until it is busy.</numerusform>
            <numerusform>&lt;b&gt;%n instances always run&lt;/b&gt;, also without a request. No request waits for a start until they are busy.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::StatusLine</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::VersionChooser</name>
    <message numerus="yes">
        <source>%n tests passed</source>
        <translation>
            <numerusform>%n test passed</numerusform>
            <numerusform>%n tests passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tests failed</source>
        <translation>
            <numerusform>%n test failed</numerusform>
            <numerusform>%n tests failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::console::VersionsTab</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n versions are hidden by “%1”.</source>
        <translation>
            <numerusform>%n version is hidden by “%1”.</numerusform>
            <numerusform>%n versions are hidden by “%1”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::models::FunctionsModel</name>
    <message numerus="yes">
        <source>Requests, %n min</source>
        <comment>of a sparkline</comment>
        <translation>
            <numerusform>Requests, %n min</numerusform>
            <numerusform>Requests, %n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::JobStrip</name>
    <message numerus="yes">
        <source>%n more jobs run</source>
        <translation>
            <numerusform>%n more job runs</numerusform>
            <numerusform>%n more jobs run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::StatusBar</name>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nest::widgets::TableView::SortHint</name>
    <message numerus="yes">
        <source>%n changes, press R to sort</source>
        <translation>
            <numerusform>%n change, press R to sort</numerusform>
            <numerusform>%n changes, press R to sort</numerusform>
        </translation>
    </message>
</context>
</TS>
