<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>nest::console::SessionBinding</name>
    <message numerus="yes">
        <source>The local platform ended by itself %n times and was started again</source>
        <translation>
            <numerusform>The local platform ended by itself once and was started again</numerusform>
            <numerusform>The local platform ended by itself %n times and was started again</numerusform>
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
