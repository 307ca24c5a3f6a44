// Microsoft Project's XML: what is read of it, and that what is written reads the same.
#include "project/mspdi.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace agency;
using namespace agency::project;

namespace {

constexpr const char* plan = R"(<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>450</MinutesPerDay>
<Tasks>
 <Task><UID>0</UID><OutlineLevel>0</OutlineLevel><Name>whole</Name><Summary>1</Summary></Task>
 <Task><UID>1</UID><WBS>1</WBS><OutlineNumber>1</OutlineNumber><OutlineLevel>1</OutlineLevel><Name>设计, "A"</Name><Summary>1</Summary><Duration>PT60H0M0S</Duration></Task>
 <Task><UID>4</UID><OutlineNumber>1.1</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>draft</Name><Duration>PT22H30M0S</Duration><Work>PT22H30M0S</Work><Cost>123456</Cost></Task>
 <Task><UID>7</UID><OutlineNumber>1.2</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>review</Name><Duration>PT8H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-03-09T08:00:00</ConstraintDate>
  <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>3</Type><LinkLag>9000</LinkLag></PredecessorLink></Task>
 <Task><UID>8</UID><OutlineNumber>1.3</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>done</Name><Milestone>1</Milestone><Duration>PT0H0M0S</Duration>
  <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type><LinkLag>-4500</LinkLag></PredecessorLink><PredecessorLink><PredecessorUID>7</PredecessorUID></PredecessorLink></Task>
</Tasks>
<Resources><Resource><UID>1</UID><Name>Li</Name><Code>E1</Code></Resource><Resource><UID>2</UID><Name>王</Name></Resource></Resources>
<Assignments><Assignment><TaskUID>4</TaskUID><ResourceUID>1</ResourceUID></Assignment><Assignment><TaskUID>4</TaskUID><ResourceUID>2</ResourceUID></Assignment></Assignments>
</Project>)";

}  // namespace

TEST_CASE("MSPDI is read as rows of a plan") {
    CHECK(rows_of_mspdi(plan, "plan.xml") ==
          "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n"
          "\"1\",\"设计, \"\"A\"\"\",,,\"\",\"\",,,,\n"
          "\"1.1\",\"draft\",3,22.50,\"\",\"E1;王\",1234.56,,,\n"
          "\"1.2\",\"review\",2,,\"1.1SS+2\",\"\",,,start_no_earlier,2026-03-09\n"
          "\"1.3\",\"done\",0,,\"1.1FS-1;1.2\",\"\",,yes,,\n");
}

TEST_CASE("what is no MSPDI is refused") {
    for (const char* text : {"", "<", "<Project/>", "wbs,name\n1,a\n", "<html><body/></html>"})
        CHECK_THROWS_AS(rows_of_mspdi(text, "x.xml"), Error);
}

TEST_CASE("a written plan is read the same") {
    MspdiPlan p;
    p.title = "甲 & <乙>";
    p.starts_on = Date::from_ymd(2026, 3, 2);
    p.ends_on = Date::from_ymd(2026, 3, 9);
    MspdiTask group{"1", "group"}, a{"1.1", "a"}, b{"1.2", "b"};
    group.group = true;
    a.duration = 3;
    a.effort = 2450;
    a.cost = 50;
    a.assigned = {"E1"};
    b.milestone = true;
    b.after = {{"1.1", schedule::LinkType::finish_finish, -2}};
    b.constraint = schedule::Constraint::finish_no_later;
    b.constraint_on = Date::from_ymd(2026, 3, 9);
    p.tasks = {group, a, b};
    p.people = {{"E1", "李"}};
    CHECK(rows_of_mspdi(to_mspdi(p), "p.xml") ==
          "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n"
          "\"1\",\"group\",,,\"\",\"\",,,,\n"
          "\"1.1\",\"a\",3,24.50,\"\",\"E1\",0.50,,,\n"
          "\"1.2\",\"b\",0,,\"1.1FF-2\",\"\",,yes,finish_no_later,2026-03-09\n");
}
