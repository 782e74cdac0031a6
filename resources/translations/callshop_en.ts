<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BottomBar</name>
    <message numerus="yes">
        <source>%n on a call</source>
        <translation>
            <numerusform>%n on a call</numerusform>
            <numerusform>%n on a call</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be paid</source>
        <translation>
            <numerusform>%n to be paid</numerusform>
            <numerusform>%n to be paid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuoteTable</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptList</name>
    <message numerus="yes">
        <source>%n copy(ies)</source>
        <translation>
            <numerusform>%n copy</numerusform>
            <numerusform>%n copies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TariffCounted</name>
    <message numerus="yes">
        <source>%1 line(s) read</source>
        <translation>
            <numerusform>%1 line read</numerusform>
            <numerusform>%1 lines read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es)</source>
        <translation>
            <numerusform>%1 prefix</numerusform>
            <numerusform>%1 prefixes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 call(s)</source>
        <translation>
            <numerusform>%1 call</numerusform>
            <numerusform>%1 calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es) would be sold below cost by this import</source>
        <translation>
            <numerusform>%1 prefix would be sold below cost by this import</numerusform>
            <numerusform>%1 prefixes would be sold below cost by this import</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are so already</source>
        <comment>prefixes sold below cost</comment>
        <translation>
            <numerusform>%1 is so already</numerusform>
            <numerusform>%1 are so already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 prefix(es) are sold below cost already, without this import.</source>
        <translation>
            <numerusform>%1 prefix is sold below cost already, without this import.</numerusform>
            <numerusform>%1 prefixes are sold below cost already, without this import.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 call(s) have no price in it and are in no sum.</source>
        <translation>
            <numerusform>%1 call has no price in it and is in no sum.</numerusform>
            <numerusform>%1 calls have no price in it and are in no sum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n talking</source>
        <translation>
            <numerusform>%n talking</numerusform>
            <numerusform>%n talking</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be paid</source>
        <translation>
            <numerusform>%n to be paid</numerusform>
            <numerusform>%n to be paid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>%n booth display(s) not answering</source>
        <translation>
            <numerusform>%n booth display not answering</numerusform>
            <numerusform>%n booth displays not answering</numerusform>
        </translation>
    </message>
</context>
</TS>
